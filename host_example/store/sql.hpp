// SPDX-License-Identifier: Apache-2.0
// The one way in which this room speaks SQL: values are bound, and what SOCI throws becomes a StoreError. SOCI's own
// what() has the query and its values in it.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <typeinfo>
#include <variant>
#include <vector>

#include "store/connection.hpp"
#include "store/store_error.hpp"

namespace messenger::host {

/// For statements with as many values as there are rows: which kind each is, is the same in all runs of one text.
using SqlValue = std::variant<std::int64_t, std::string>;

namespace detail {

/// A statement with the places that its values come from and its rows go to: SOCI binds them once.
template <class Row, class... Values>
class Prepared final : public PreparedStatement {
 public:
  Prepared(Connection& connection, const std::string& sql, const Values&... values)
      : connection_(connection), values_(values...), statement_(connection.session()) {
    std::apply([&](auto&... columns) { (statement_.exchange(soci::into(columns)), ...); }, row_);
    std::apply([&](auto&... bound) { (bind(bound), ...); }, values_);
    statement_.alloc();
    statement_.prepare(sql);
    statement_.define_and_bind();
  }

  void run(const Values&... values) {
    set(std::index_sequence_for<Values...>(), values...);
    found_ = statement_.execute(true);
  }
  std::int64_t changed() { return static_cast<std::int64_t>(statement_.get_affected_rows()); }
  /// To the last one: only then SQLite is done with the statement.
  std::vector<Row> rows() {
    std::vector<Row> rows;
    for (; found_; found_ = statement_.fetch()) {
      rows.push_back(std::move(row_));
    }
    return rows;
  }

 private:
  void bind(const std::string& text) { statement_.exchange(soci::use(text)); }
  void bind(const std::int64_t& number) { statement_.exchange(soci::use(number)); }
  void bind(const SqlValue& value) {
    std::visit([this](const auto& kind) { this->bind(kind); }, value);
  }
  template <class Value>
  void bind(const std::vector<Value>& values) {
    for (const Value& value : values) {
      bind(value);
    }
  }

  template <std::size_t... Index>
  void set(std::index_sequence<Index...>, const Values&... values) {
    (set(std::get<Index>(values_), values), ...);
  }
  void set(std::string& place, const std::string& text) { connection_.store(place, text); }
  void set(std::int64_t& place, std::int64_t number) { place = number; }
  void set(SqlValue& place, const SqlValue& value) {
    std::visit([&](auto& kind) { set(kind, std::get<std::decay_t<decltype(kind)>>(value)); }, place);
  }
  template <class Value>
  void set(std::vector<Value>& places, const std::vector<Value>& values) {
    for (std::size_t i = 0; i != places.size(); ++i) {
      set(places[i], values.at(i));
    }
  }

  Connection& connection_;
  Row row_;
  std::tuple<Values...> values_;
  soci::statement statement_;
  bool found_ = false;
};

// Texts that are made for one search are not many at a time, and must not grow for ever.
constexpr std::size_t most_prepared = 200;

template <class Row, class... Values>
Prepared<Row, Values...>& prepared(Connection& connection, const std::string& sql, const Values&... values) {
  auto& kept = connection.prepared();
  if (const auto found = kept.find(sql); found != kept.end()) {
    PreparedStatement& statement = *found->second;
    if (typeid(statement) != typeid(Prepared<Row, Values...>)) {
      throw std::bad_cast();  // one text, two kinds of values: this program's mistake
    }
    return static_cast<Prepared<Row, Values...>&>(statement);
  }
  if (kept.size() >= most_prepared) {
    kept.clear();
  }
  auto made = std::make_unique<Prepared<Row, Values...>>(connection, sql, values...);
  auto& statement = *made;
  kept.emplace(sql, std::move(made));
  return statement;
}

/// Gives what `take` makes of the statement once it was run.
template <class Row, class Take, class... Values>
auto run(Connection& connection, const std::string& sql, Take take, const Values&... values) {
  try {
    auto& statement = prepared<Row>(connection, sql, values...);
    statement.run(values...);
    return take(statement);
  } catch (const soci::soci_error& error) {
    connection.prepared().erase(sql);
    connection.refuse(error);
    throw;  // for compilers that do not believe the line before
  }
}

}  // namespace detail

/// Runs a statement and gives how many rows it changed. The values are std::string and std::int64_t, one for each
/// placeholder (":name") in order; no placeholder stands twice. A vector stands for as many, of SqlValue too.
template <class... Values>
std::int64_t execute(Connection& connection, const std::string& sql, const Values&... values) {
  return detail::run<std::tuple<>>(
      connection, sql, [](auto& statement) { return statement.changed(); }, values...);
}

/// Runs a query whose columns are never NULL and gives its rows, each a tuple of them.
template <class Row, class... Values>
std::vector<Row> query_rows(Connection& connection, const std::string& sql, const Values&... values) {
  return detail::run<Row>(
      connection, sql, [](auto& statement) { return statement.rows(); }, values...);
}

template <class... Columns, class... Values>
std::vector<std::tuple<Columns...>> query(Connection& connection, const std::string& sql, const Values&... values) {
  return query_rows<std::tuple<Columns...>>(connection, sql, values...);
}

}  // namespace messenger::host
