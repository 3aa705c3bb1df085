// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite_log.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "store/store_error.hpp"

namespace messenger::host {

namespace {

// 0, or the error.
int sync_data(int file) noexcept {
  while (::fdatasync(file) != 0) {
    if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

}  // namespace

SqliteLog::~SqliteLog() {
  if (file_ >= 0) {
    ::close(file_);  // SQLite's locks are on other files
  }
}

void SqliteLog::open(const std::filesystem::path& file) {
  path_ = file;
  file_ = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (file_ < 0) {
    throw StoreError(file.string() + " cannot be opened: " + std::system_category().message(errno) + ".");
  }
  note_commit();  // what was in it
}

void SqliteLog::note_commit() {
  const std::lock_guard lock(mutex_);
  ++written_;
}

std::uint64_t SqliteLog::commits() {
  const std::lock_guard lock(mutex_);
  return written_;
}

void SqliteLog::sync(std::uint64_t commits) {
  std::unique_lock lock(mutex_);
  while (on_disk_ < commits) {
    check_locked();
    if (is_syncing_) {
      synced_.wait(lock);
      continue;
    }
    is_syncing_ = true;
    const std::uint64_t written = written_;
    lock.unlock();
    const int error = sync_data(file_);
    lock.lock();
    is_syncing_ = false;
    if (error == 0) {
      on_disk_ = written;
    } else {
      failure_ = path_.string() + ": " + std::system_category().message(error);
    }
    synced_.notify_all();
  }
}

void SqliteLog::check() {
  const std::lock_guard lock(mutex_);
  check_locked();
}

void SqliteLog::fail(const std::string& why) {
  {
    const std::lock_guard lock(mutex_);
    failure_ = failure_.empty() ? why : failure_;
  }
  synced_.notify_all();
}

void SqliteLog::check_locked() const {
  if (!failure_.empty()) {
    throw StoreError("The disk failed, and nothing is kept until the host was started again. " + failure_);
  }
}

}  // namespace messenger::host
