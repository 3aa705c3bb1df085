// SPDX-License-Identifier: Apache-2.0
// The one way in which this room speaks SQL: values are bound, and what SOCI throws becomes a StoreError. SOCI's own
// what() has the query and its values in it; get_error_message() has not.
#pragma once

#include <soci/soci.h>

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "store/store_error.hpp"

namespace messenger::host {

namespace detail {

template <class Work>
auto guarded(Work work) {
  try {
    return work();
  } catch (const soci::soci_error& error) {
    throw StoreError("The database failed: " + error.get_error_message());
  }
}

template <class Value>
void bind_value(soci::statement& statement, const Value& value) {
  statement.exchange(soci::use(value));
}

inline void bind_value(soci::statement& statement, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    statement.exchange(soci::use(text));
  }
}

template <class... Values>
void bind(soci::statement& statement, const std::string& sql, const Values&... values) {
  (bind_value(statement, values), ...);
  statement.alloc();
  statement.prepare(sql);
  statement.define_and_bind();
}

}  // namespace detail

/// Runs a statement and gives how many rows it changed. The values are std::string and std::int64_t, one for each
/// placeholder (":name") in order; no placeholder stands twice. A vector of texts stands for as many.
template <class... Values>
std::int64_t execute(soci::session& session, const std::string& sql, const Values&... values) {
  return detail::guarded([&] {
    soci::statement statement(session);
    detail::bind(statement, sql, values...);
    statement.execute(true);
    return static_cast<std::int64_t>(statement.get_affected_rows());
  });
}

/// Runs a query whose columns are never NULL and gives its rows, each a tuple of them.
template <class Row, class... Values>
std::vector<Row> query_rows(soci::session& session, const std::string& sql, const Values&... values) {
  return detail::guarded([&] {
    std::vector<Row> rows;
    Row row;
    soci::statement statement(session);
    std::apply([&](auto&... columns) { (statement.exchange(soci::into(columns)), ...); }, row);
    detail::bind(statement, sql, values...);
    for (bool found = statement.execute(true); found; found = statement.fetch()) {
      rows.push_back(row);
    }
    return rows;
  });
}

template <class... Columns, class... Values>
std::vector<std::tuple<Columns...>> query(soci::session& session, const std::string& sql, const Values&... values) {
  return query_rows<std::tuple<Columns...>>(session, sql, values...);
}

}  // namespace messenger::host
