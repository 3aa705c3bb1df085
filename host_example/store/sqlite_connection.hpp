// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "store/connection.hpp"

namespace messenger::host {

/// A connection to a SQLite file.
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

}  // namespace messenger::host
