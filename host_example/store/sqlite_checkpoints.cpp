// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite_checkpoints.hpp"

#include <pthread.h>

#include <chrono>
#include <exception>
#include <optional>

#include "store/sql.hpp"
#include "store/sqlite_connection.hpp"
#include "store/sqlite_log.hpp"

namespace messenger::host {

namespace {

// A queue writes the same pages again and again: the more of them are taken at once, the fewer are written twice.
constexpr int enough_pages = 8000;
// Of what is written while the rest is taken; so many are taken while nobody writes, after which the log begins anew.
constexpr std::int64_t few_pages = 400;
constexpr int most_passes = 4;
constexpr std::chrono::milliseconds pause{100};  // while a reader needs what is in the log

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
  } catch (const std::exception&) {
    return;  // the next commit asks again
  }
  changed_.notify_one();
}

std::int64_t SqliteCheckpoints::pages() {
  const std::lock_guard lock(mutex_);
  return pages_;
}

void SqliteCheckpoints::run() noexcept {
  std::optional<SqliteConnection> connection;
  std::unique_lock lock(mutex_);
  for (bool goes_on = true; goes_on && !stopping_;) {
    if (pages_ < enough_pages) {
      changed_.wait(lock);
      continue;
    }
    lock.unlock();
    goes_on = try_to_take(connection);
    lock.lock();
    changed_.wait_for(lock, pause, [this] { return stopping_; });
  }
}

// What cannot be written yet stays in the log, and is tried again. That something was not synced is another matter: the
// system tells it once. False then.
bool SqliteCheckpoints::try_to_take(std::optional<SqliteConnection>& connection) noexcept {
  try {
    if (!connection) {
      connection.emplace(file_);
    }
  } catch (const std::exception&) {  // no descriptor, no memory
    return true;
  }
  try {
    take(*connection);
  } catch (const StoreBusy&) {
  } catch (const StoreFull&) {
  } catch (const StoreError& error) {
    log_.fail(error.what());
    return false;
  } catch (const std::exception&) {
  }
  return true;
}

// Gives how many pages of the log are in the file afterwards. Waits for nobody: what a reader still needs stays. Of a
// log that may have a hole nothing is taken.
std::int64_t SqliteCheckpoints::take_pages(SqliteConnection& connection) {
  log_.check();
  const auto rows = query<std::int64_t, std::int64_t, std::int64_t>(connection, "PRAGMA wal_checkpoint(PASSIVE)");
  return std::get<2>(rows.at(0));
}

// SQLite syncs the file only where it has taken the whole log: before it does that, with everybody waiting, the rest is
// synced here.
void SqliteCheckpoints::take(SqliteConnection& connection) {
  for (int pass = 0; pass != most_passes && pages() - take_pages(connection) > few_pages; ++pass) {
  }
  connection.sync_file();
  alone_([&] {
    const std::int64_t taken = take_pages(connection);
    const std::lock_guard lock(mutex_);
    pages_ = taken >= pages_ ? 0 : pages_;
  });
}

}  // namespace messenger::host
