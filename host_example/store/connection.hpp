// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <soci/soci.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace messenger::host {

/// In one statement, where an engine does better with many.
inline constexpr std::size_t many_rows = 32;

/// Where the engines' SQL differs.
struct Dialect {
  std::string_view identity;  ///< type of a column that numbers its rows, ever rising, and is their primary key
  std::string_view ordinal;   ///< the same, but that the number of the last row may come again once that is gone
  std::string_view text;      ///< type of a text, compared byte by byte
  std::string_view joined;    ///< the aggregate that joins texts
  std::string_view renumber;  ///< the statement after which messages that were copied keep their numbers to themselves
  std::string_view for_update;   ///< ends a SELECT whose rows are to be changed
  std::string_view skip_locked;  ///< the same, past rows that others hold
  std::size_t rows_at_once;      ///< that one statement best inserts or changes: 1 or many_rows
};

/// A statement that is kept prepared.
class PreparedStatement {
 public:
  PreparedStatement() = default;
  PreparedStatement(const PreparedStatement&) = delete;
  PreparedStatement& operator=(const PreparedStatement&) = delete;
  virtual ~PreparedStatement() = default;
};

/// A connection to a database; sql.hpp speaks through it. [one thread at a time]
class Connection {
 public:
  explicit Connection(const Dialect& dialect) : dialect_(dialect) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  virtual ~Connection() = default;

  soci::session& session() noexcept { return session_; }
  const Dialect& dialect() const noexcept { return dialect_; }

  /// Throws the StoreError that this means, without the statement and its values.
  [[noreturn]] virtual void refuse(const soci::soci_error& error) = 0;
  /// Sets `place` to a text as the engine can keep it.
  virtual void store(std::string& place, const std::string& text) const { place = text; }
  /// Waits until no other unit holds one of these names, and holds them to the end of this one.
  virtual void hold(const std::vector<std::string>& names) = 0;
  /// Throws StoreFull when nothing more is to be accepted: what is left is for what became of the rest.
  virtual void check_room() = 0;

  /// Statements by their text, as sql.hpp prepares them.
  std::unordered_map<std::string, std::unique_ptr<PreparedStatement>>& prepared() noexcept { return prepared_; }

 private:
  const Dialect& dialect_;
  soci::session session_;
  std::unordered_map<std::string, std::unique_ptr<PreparedStatement>> prepared_;  // goes before its session
};

}  // namespace messenger::host
