// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite_checkpoints.hpp"

#include <pthread.h>

#include <optional>
#include <system_error>

#include "store/sql.hpp"
#include "store/sqlite_backend.hpp"

namespace messenger::host {

namespace {

// A queue writes the same pages again and again: the more of them are taken at once, the fewer are written twice.
constexpr int enough_pages = 8000;
// Of what is written while the rest is taken; so many are taken while nobody writes, after which the log begins anew.
constexpr std::int64_t few_pages = 400;
constexpr int most_passes = 4;
constexpr std::chrono::milliseconds pause{100};  // while a reader needs what is in the log
constexpr std::chrono::seconds longest_wait{5};

// Gives how many pages of the log are in the file afterwards. Waits for nobody: what a reader still needs stays.
std::int64_t take_pages(Connection& connection) {
  const auto rows = query<std::int64_t, std::int64_t, std::int64_t>(connection, "PRAGMA wal_checkpoint(PASSIVE)");
  return std::get<2>(rows.at(0));
}

}  // namespace

SqliteCheckpoints::~SqliteCheckpoints() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) {
    thread_.join();
  }
}

void SqliteCheckpoints::note(int pages) noexcept {
  const std::lock_guard lock(mutex_);
  pages_ = pages;
  if (pages < enough_pages || stopping_) {
    return;
  }
  try {
    if (!thread_.joinable()) {
      thread_ = std::thread([this] { run(); });
      ::pthread_setname_np(thread_.native_handle(), "host-checkpoint");
    }
  } catch (const std::system_error&) {
    return;  // the next commit asks again
  }
  changed_.notify_one();
}

std::int64_t SqliteCheckpoints::pages() {
  const std::lock_guard lock(mutex_);
  return pages_;
}

// Where it fails the log stays as it is.
void SqliteCheckpoints::run() {
  std::optional<SqliteConnection> connection;
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (pages_ < enough_pages) {
      changed_.wait(lock);
      continue;
    }
    lock.unlock();
    try {
      take(connection ? *connection : connection.emplace(file_));
    } catch (const StoreError&) {
    }
    lock.lock();
    changed_.wait_for(lock, pause, [this] { return stopping_; });
  }
}

void SqliteCheckpoints::take(Connection& connection) {
  for (int pass = 0; pass != most_passes && pages() - take_pages(connection) > few_pages; ++pass) {
  }
  const OwnTurn turn(writing_, longest_wait);
  if (turn.taken()) {
    take_pages(connection);
  }
}

}  // namespace messenger::host
