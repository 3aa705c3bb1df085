// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite_connection.hpp"

#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "store/new_file.hpp"
#include "store/sql.hpp"

namespace messenger::host {

namespace {

constexpr Dialect sqlite_dialect{
    "INTEGER PRIMARY KEY AUTOINCREMENT", "INTEGER PRIMARY KEY", "TEXT", "group_concat", "", "", "", 1};

// SOCI splits its text at blanks and quotation marks.
std::string connect_text(const std::filesystem::path& file) {
  if (file.string().find('"') != std::string::npos) {
    throw StoreError("The database's name must not have a quotation mark in it: " + file.string());
  }
  return "dbname=\"" + file.string() + "\" timeout=30";  // seconds; see SqliteBackend::serve
}

std::int64_t pragma(Connection& connection, const std::string& name) {
  return std::get<0>(query<std::int64_t>(connection, "PRAGMA " + name).at(0));
}

void configure(Connection& connection) {
  const auto mode = query<std::string>(connection, "PRAGMA journal_mode = WAL");
  if (mode.empty() || std::get<0>(mode.front()) != "wal") {
    throw StoreError("Its file system cannot keep a write-ahead log.");
  }
  execute(connection, "PRAGMA synchronous = FULL");
  execute(connection, "PRAGMA foreign_keys = ON");
  execute(connection, "PRAGMA trusted_schema = OFF");
  query<int>(connection, "PRAGMA secure_delete = ON");  // what is wiped is overwritten
  execute(connection, "PRAGMA cache_size = -65536");    // KiB
}

// While another process takes up what a killed one left in the log, SQLite refuses the journal mode at once, however
// long it was told to wait.
void configure_in_turn(Connection& connection) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  for (;;) {
    try {
      return configure(connection);
    } catch (const StoreBusy&) {
      if (std::chrono::steady_clock::now() > end) {
        throw;
      }
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

sqlite_api::sqlite3* handle(soci::session& session) {
  return static_cast<soci::sqlite3_session_backend&>(*session.get_backend()).conn_;
}

}  // namespace

SqliteConnection::SqliteConnection(const std::filesystem::path& file) : Connection(sqlite_dialect) {
  std::error_code ignored;  // SQLite says why it cannot reach the file
  if (!std::filesystem::exists(file, ignored)) {
    make_file(file, {});
  }
  try {
    session().open(soci::sqlite3, connect_text(file));
  } catch (const soci::soci_error& error) {
    throw StoreError("The database " + file.string() + " cannot be opened: " + error.get_error_message());
  }
  try {
    configure_in_turn(*this);
  } catch (const StoreError& error) {
    throw StoreError("The database " + file.string() + " cannot be used. " + error.what());
  }
}

// Beyond what is accepted there is room to write what became of it.
void SqliteConnection::limit_size(std::int64_t most_bytes) {
  if (most_bytes > 0) {
    most_pages_ = std::max<std::int64_t>(1, most_bytes / pragma(*this, "page_size"));
    const std::int64_t reserve = std::max<std::int64_t>(256, most_pages_ / 8);
    pragma(*this, "max_page_count = " + std::to_string(most_pages_ + reserve));
  }
}

void SqliteConnection::check_room() {
  if (most_pages_ > 0 && pragma(*this, "page_count") - pragma(*this, "freelist_count") >= most_pages_) {
    throw StoreFull("The database has reached the size that was set for it.");
  }
}

void SqliteConnection::refuse(const soci::soci_error& error) {
  enum { busy = 5, locked = 6, full = 13 };  // of SQLite's result codes, whose header SOCI hides
  const auto* const own = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
  const int result = own == nullptr ? 0 : own->result() & 0xff;
  if (result == full) {
    throw StoreFull("The database cannot grow: " + error.get_error_message());
  }
  const std::string said = "The database failed: " + error.get_error_message();
  if (result == busy || result == locked) {
    throw StoreBusy(said);
  }
  throw StoreError(said);
}

void SqliteConnection::only_read() {
  query<int>(*this, "PRAGMA query_only = ON");
  query<int>(*this, "PRAGMA busy_timeout = 5000");
  // What is asked often is in few pages, and what goes through a long queue's need not stay.
  execute(*this, "PRAGMA cache_size = -8192");  // KiB
}

void SqliteConnection::leave_log_to(std::function<void(int pages)> committed) {
  committed_ = std::move(committed);
  // In place of SQLite's own, which would begin a checkpoint.
  sqlite_api::sqlite3_wal_hook(
      handle(session()),
      [](void* self, sqlite_api::sqlite3*, const char*, int pages) noexcept {
        static_cast<SqliteConnection*>(self)->committed_(pages);
        return 0;
      },
      this);
  execute(*this, "PRAGMA synchronous = NORMAL");
}

std::filesystem::path SqliteConnection::log_file() {
  return sqlite_api::sqlite3_filename_wal(sqlite_api::sqlite3_db_filename(handle(session()), "main"));
}

void SqliteConnection::empty_log() {
  try {
    query<std::int64_t, std::int64_t, std::int64_t>(*this, "PRAGMA wal_checkpoint(TRUNCATE)");
  } catch (const StoreBusy&) {
  }
}

void SqliteConnection::sync_file() {
  sqlite_api::sqlite3_file* file = nullptr;
  if (sqlite_api::sqlite3_file_control(handle(session()), "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
      file->pMethods->xSync(file, SQLITE_SYNC_NORMAL) != SQLITE_OK) {
    throw StoreError("The database's file cannot be synced.");
  }
}

void SqliteConnection::begin(bool writes) {
  execute(*this, writes ? "BEGIN IMMEDIATE" : "BEGIN");
}

void SqliteConnection::commit() {
  execute(*this, "COMMIT");
}

void SqliteConnection::rollback() noexcept {
  try {
    execute(*this, "ROLLBACK");
  } catch (const StoreError&) {
    // What failed has ended it.
  }
}

}  // namespace messenger::host
