// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <thread>

#include "store/turn.hpp"

namespace messenger::host {

class Connection;

/// Takes what is in the write-ahead log of a SQLite file into the file, on a thread and a connection of its own: who
/// writes waits for the end of it at most. [any thread]
class SqliteCheckpoints {
 public:
  /// `writing`: the turn of who writes to the file; it outlives this object.
  SqliteCheckpoints(std::filesystem::path file, Turn& writing) : file_(std::move(file)), writing_(writing) {}
  SqliteCheckpoints(const SqliteCheckpoints&) = delete;
  SqliteCheckpoints& operator=(const SqliteCheckpoints&) = delete;
  ~SqliteCheckpoints();

  /// So many pages are in the log now: where they are enough they are taken.
  void note(int pages) noexcept;

 private:
  void run();
  void take(Connection& connection);
  std::int64_t pages();

  const std::filesystem::path file_;
  Turn& writing_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::int64_t pages_ = 0;  // guarded by mutex_
  bool stopping_ = false;   // guarded by mutex_
  std::thread thread_;      // guarded by mutex_ until stopping_; there is none before it is needed
};

}  // namespace messenger::host
