// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>

namespace messenger::host {

/// The write-ahead log of a SQLite file, and how much of it is on the disk. Who has written gives the file to the next
/// before it waits for the disk, and one wait is good for all that was written until it began. [any thread]
class SqliteLog {
 public:
  SqliteLog() = default;
  SqliteLog(const SqliteLog&) = delete;
  SqliteLog& operator=(const SqliteLog&) = delete;
  ~SqliteLog();

  /// To be called once, when the file is there: before, nothing is synced. Throws StoreError that names it.
  void open(const std::filesystem::path& file);

  /// Counts one more commit. To be called before anyone writes the next.
  void note_commit();
  /// That were counted; what was in the log before it was opened counts as one.
  std::uint64_t commits();
  /// Returns once so many commits are on the disk. Throws StoreError when the disk does not take them, and from then on
  /// for all that was not on it: nobody can tell what of the log is.
  void sync(std::uint64_t commits);
  /// Throws StoreError once sync() has, or fail() was called: nothing more is to be written.
  void check();
  /// The disk has failed otherwise.
  void fail(const std::string& why);

 private:
  void check_locked() const;

  std::filesystem::path path_;
  int file_ = -1;
  std::mutex mutex_;
  std::condition_variable synced_;
  std::uint64_t written_ = 0;  // guarded by mutex_, as are the following
  std::uint64_t on_disk_ = 0;
  bool is_syncing_ = false;
  std::string failure_;  // empty = none
};

}  // namespace messenger::host
