// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <soci/session.h>

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace messenger::host {

/// The file of "sqlite:FILE", absolute. Throws StoreError for another kind of database.
std::filesystem::path database_file(std::string_view database);

/// Whether there is nothing in this file yet.
bool is_new_database(const std::filesystem::path& file);

/// A connection, and all that is SQLite's own; the rest of this room speaks plain SQL. [one thread at a time]
class Backend {
 public:
  /// Opens the file, or makes it with mode 0600. Throws StoreError that names it.
  explicit Backend(const std::filesystem::path& file);

  soci::session& session() noexcept { return session_; }

  /// From now on a unit waits for other processes for some seconds only. Before, while tables are made, for half a
  /// minute: who starts beside a busy process must get its turn, and nobody waits for an answer yet.
  void be_impatient();

  /// Runs `work` in a transaction, durable when this returns, undone when `work` throws. Others wait from its start, so
  /// that two that have read never both want to write. Throws StoreBusy when its turn does not come.
  void transact(const std::function<void()>& work);

  /// The type of a column that numbers its rows, ever rising, and is their primary key.
  static constexpr std::string_view identity = "INTEGER PRIMARY KEY AUTOINCREMENT";

 private:
  void rollback() noexcept;

  soci::session session_;
};

}  // namespace messenger::host
