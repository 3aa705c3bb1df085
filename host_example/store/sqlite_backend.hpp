// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "store/backend.hpp"
#include "store/sqlite_checkpoints.hpp"
#include "store/sqlite_connection.hpp"
#include "store/sqlite_log.hpp"
#include "store/turn.hpp"

namespace messenger::host {

/// One connection on which units take turns, and one more for those that only read: they see what was committed last,
/// and neither waits for the other. A unit waits for the disk when its turn is over; a third connection takes what is
/// in the log into the file.
class SqliteBackend final : public Backend {
 public:
  SqliteBackend(std::filesystem::path file, std::int64_t most_bytes)
      : file_(std::move(file)),
        name_(file_.string()),
        most_bytes_(most_bytes),
        checkpoints_(file_, log_, [this](const std::function<void()>& work) { alone(work); }) {}

  const std::string& name() const override { return name_; }
  bool is_new() override;
  void open() override;
  void transact(Sharing sharing, const Work& work) override;
  void serve() override;
  void listen(NoticeFunction notice) override;

 private:
  std::vector<Notice> run(const Work& work);
  void read(const Work& work);
  std::uint64_t alone(const std::function<void()>& work);

  const std::filesystem::path file_;
  const std::string name_;
  const std::int64_t most_bytes_;
  std::mutex listener_mutex_;
  NoticeFunction listener_;  // guarded by listener_mutex_
  Turn turn_;
  std::optional<SqliteConnection> connection_;  // guarded by turn_
  SqliteLog log_;
  Turn reading_;
  std::optional<SqliteConnection> reader_;  // guarded by reading_
  SqliteCheckpoints checkpoints_;           // goes before what it uses
};

}  // namespace messenger::host
