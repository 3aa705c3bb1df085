// SPDX-License-Identifier: Apache-2.0
#include "store/backend.hpp"

#include <soci/sqlite3/soci-sqlite3.h>

#include <chrono>
#include <thread>

#include "store/new_file.hpp"
#include "store/sql.hpp"

namespace messenger::host {

namespace {

constexpr std::string_view sqlite = "sqlite:";

// SOCI splits its text at blanks and quotation marks.
std::string connect_text(const std::filesystem::path& file) {
  if (file.string().find('"') != std::string::npos) {
    throw StoreError("The database's name must not have a quotation mark in it: " + file.string());
  }
  return "dbname=\"" + file.string() + "\" timeout=30";  // seconds; see be_impatient
}

void configure(soci::session& session) {
  const auto mode = query<std::string>(session, "PRAGMA journal_mode = WAL");
  if (mode.empty() || std::get<0>(mode.front()) != "wal") {
    throw StoreError("Its file system cannot keep a write-ahead log.");
  }
  execute(session, "PRAGMA synchronous = FULL");
  execute(session, "PRAGMA foreign_keys = ON");
  execute(session, "PRAGMA trusted_schema = OFF");
}

// While another process takes up what a killed one left in the log, SQLite refuses the journal mode at once, however
// long it was told to wait.
void configure_in_turn(soci::session& session) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  for (;;) {
    try {
      return configure(session);
    } catch (const StoreError& error) {
      const bool is_locked = std::string_view(error.what()).find("database is locked") != std::string_view::npos;
      if (!is_locked || std::chrono::steady_clock::now() > end) {
        throw;
      }
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

}  // namespace

std::filesystem::path database_file(std::string_view database) {
  if (!database.starts_with(sqlite) || database.size() == sqlite.size()) {
    throw StoreError("Expected the database as sqlite:FILE, but found " + std::string(database));
  }
  return std::filesystem::absolute(database.substr(sqlite.size()));
}

bool is_new_database(const std::filesystem::path& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  return error ? error == std::errc::no_such_file_or_directory : size == 0;
}

Backend::Backend(const std::filesystem::path& file) {
  std::error_code ignored;  // SQLite says why it cannot reach the file
  if (!std::filesystem::exists(file, ignored)) {
    make_file(file, {});
  }
  try {
    session_.open(soci::sqlite3, connect_text(file));
    configure_in_turn(session_);
  } catch (const soci::soci_error& error) {
    throw StoreError("The database " + file.string() + " cannot be opened: " + error.get_error_message());
  } catch (const StoreError& error) {
    throw StoreError("The database " + file.string() + " cannot be used. " + error.what());
  }
}

void Backend::be_impatient() {
  query<int>(session_, "PRAGMA busy_timeout = 5000");
}

void Backend::transact(const std::function<void()>& work) {
  try {
    execute(session_, "BEGIN IMMEDIATE");
  } catch (const StoreError& error) {
    throw StoreBusy(error.what());
  }
  try {
    work();
    execute(session_, "COMMIT");
  } catch (...) {
    rollback();
    throw;
  }
}

void Backend::rollback() noexcept {
  try {
    execute(session_, "ROLLBACK");
  } catch (const StoreError&) {
    // What failed has ended it.
  }
}

}  // namespace messenger::host
