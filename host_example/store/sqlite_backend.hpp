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
#include "store/sqlite_log.hpp"
#include "store/turn.hpp"

namespace messenger::host {

/// A connection to a SQLite file, and with backend all that is SQLite's own.
class SqliteConnection final : public Connection {
 public:
  /// Opens the file, or makes it with mode 0600. Throws StoreError that names it.
  explicit SqliteConnection(const std::filesystem::path& file);

  /// From now on; `most_bytes` as in StoreOptions. A file that is larger already grows no more.
  void limit_size(std::int64_t most_bytes);

  [[noreturn]] void refuse(const soci::soci_error& error) override;
  void hold(const std::vector<std::string>& /*names*/) override {}  // every unit is alone
  void check_room() override;

  /// From now on nothing is changed through this one.
  void only_read();
  /// From now on a commit is not yet on the disk, and nobody takes the log into the file: both is owed by who is told
  /// after each commit that has written, and how many pages the log has then; it throws nothing.
  void leave_log_to(std::function<void(int pages)> committed);
  /// The file's write-ahead log.
  std::filesystem::path log_file();
  /// Takes all that is in the log into the file, unless others use it now.
  void empty_log();
  /// Returns once what was written to the file itself is on the disk.
  void sync_file();
  /// `writes`: others wait from its start, so that two that have read never both want to write.
  void begin(bool writes);
  void commit();
  void rollback() noexcept;

 private:
  std::int64_t most_pages_ = 0;  // 0 = any
  std::function<void(int)> committed_;
};

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
  void be_impatient() override;
  void listen(NoticeFunction notice) override;

 private:
  std::vector<Notice> run(const Work& work);
  void read(const Work& work);
  void alone(const std::function<void()>& work);

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
