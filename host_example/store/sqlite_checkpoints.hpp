// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace messenger::host {

class SqliteConnection;
class SqliteLog;

/// Takes what is in the write-ahead log of a SQLite file into the file, on a thread and a connection of its own: who
/// writes waits for the last few pages of it only. [any thread]
class SqliteCheckpoints {
 public:
  /// Runs this while nobody writes to the file; throws StoreBusy when it cannot.
  using Alone = std::function<void(const std::function<void()>&)>;

  /// `log` outlives this object; it is told when the file cannot be synced.
  SqliteCheckpoints(std::filesystem::path file, SqliteLog& log, Alone alone)
      : file_(std::move(file)), log_(log), alone_(std::move(alone)) {}
  SqliteCheckpoints(const SqliteCheckpoints&) = delete;
  SqliteCheckpoints& operator=(const SqliteCheckpoints&) = delete;
  ~SqliteCheckpoints();

  /// So many pages are in the log now: where they are enough they are taken.
  void note(int pages) noexcept;

 private:
  void run() noexcept;
  bool try_to_take(std::optional<SqliteConnection>& connection) noexcept;
  void take(SqliteConnection& connection);
  std::int64_t take_pages(SqliteConnection& connection);
  std::int64_t pages();

  const std::filesystem::path file_;
  SqliteLog& log_;
  const Alone alone_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::int64_t pages_ = 0;  // guarded by mutex_; that are not in the file
  bool stopping_ = false;   // guarded by mutex_
  std::thread thread_;      // guarded by mutex_ until stopping_; there is none before it is needed
};

}  // namespace messenger::host
