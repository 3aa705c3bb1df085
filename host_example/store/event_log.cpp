// SPDX-License-Identifier: Apache-2.0
#include "store/event_log.hpp"

#include <algorithm>
#include <limits>

#include "store/sql.hpp"
#include "store/store.hpp"
#include "store/tables.hpp"

namespace messenger::host {

namespace {

const std::string columns = "SELECT id, insert_instant, type, message FROM event ";

std::vector<Event> events(const std::vector<std::tuple<std::int64_t, std::int64_t, std::string, std::string>>& rows) {
  std::vector<Event> events;
  events.reserve(rows.size());
  for (const auto& [id, instant, type, message] : rows) {
    events.push_back({id, instant,
                      type == to_string(EventType::debug)   ? EventType::debug
                      : type == to_string(EventType::error) ? EventType::error
                                                            : EventType::information,
                      message});
  }
  return events;
}

// SQLite takes none that is longer.
constexpr std::size_t longest_pattern = 50'000;

// For LIKE, with \ as its escape.
std::string like_pattern(const std::string& wanted) {
  if (wanted.empty()) {
    return "%";
  }
  std::string pattern;
  for (const char character : wanted) {
    if (character == '*') {
      pattern += pattern.ends_with('%') && !pattern.ends_with("\\%") ? "" : "%";
    } else {
      pattern.append(character == '%' || character == '_' || character == '\\' ? "\\" : "") += character;
    }
  }
  return wanted.find('*') == std::string::npos ? "%" + pattern + "%" : pattern;
}

std::string order(const EventSearch& search) {
  const std::string direction = search.ascending ? " ASC" : " DESC";
  const std::string column = search.order == EventSearch::Order::message ? "message"
                             : search.order == EventSearch::Order::type  ? "type"
                                                                         : "insert_instant";
  return " ORDER BY " + column + direction + ", id" + direction;
}

const std::string matching =
    " WHERE insert_instant >= :start AND insert_instant <= :end AND type LIKE :type"
    " AND lower(message) LIKE lower(:message) ESCAPE '\\'";

}  // namespace

std::int64_t SqlEventLog::add(EventType type, std::string_view message) {
  const auto rows = query<std::int64_t>(
      connection_, "INSERT INTO event (insert_instant, type, message) VALUES (:instant, :type, :message) RETURNING id",
      now_ms(), std::string(to_string(type)), std::string(message));
  return std::get<0>(rows.at(0));
}

std::optional<Event> SqlEventLog::find(std::int64_t id) {
  const auto found =
      events(query<std::int64_t, std::int64_t, std::string, std::string>(connection_, columns + "WHERE id = :id", id));
  return found.empty() ? std::nullopt : std::optional(found.front());
}

EventPage SqlEventLog::search(const EventSearch& search) {
  const std::int64_t start = search.start.value_or(std::numeric_limits<std::int64_t>::min());
  const std::int64_t end = search.end.value_or(std::numeric_limits<std::int64_t>::max());
  const std::string type = search.type ? std::string(to_string(*search.type)) : "%";
  const std::string message = like_pattern(search.message);
  if (message.size() > longest_pattern) {
    return {};
  }
  const auto total =
      query<std::int64_t>(connection_, "SELECT count(*) FROM event" + matching, start, end, type, message);
  auto found = events(query<std::int64_t, std::int64_t, std::string, std::string>(
      connection_, columns + matching + order(search) + " LIMIT :rows OFFSET :start_row", start, end, type, message,
      std::max<std::int64_t>(0, search.number_of_results), std::max<std::int64_t>(0, search.start_row)));
  return {std::move(found), std::get<0>(total.at(0))};
}

void SqlEventLog::retain(std::int64_t entries) {
  execute(connection_, "DELETE FROM event WHERE id <= (SELECT id FROM event ORDER BY id DESC LIMIT 1 OFFSET :entries)",
          entries);
}

}  // namespace messenger::host
