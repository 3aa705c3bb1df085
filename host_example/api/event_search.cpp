// SPDX-License-Identifier: Apache-2.0
#include "api/event_search.hpp"

#include <array>
#include <boost/algorithm/string/predicate.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <limits>
#include <utility>

#include "api/unwrap.hpp"
#include "runtime/field_check.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

constexpr std::int64_t latest = std::numeric_limits<std::int64_t>::max();

using Order = EventSearch::Order;
constexpr std::array<std::pair<std::string_view, Order>, 3> orders{
    {{"insertInstant", Order::insert_instant}, {"message", Order::message}, {"type", Order::type}}};

/// Takes criteria as text, so that a query and a body are read alike.
class Reader {
 public:
  Reader(std::string prefix, Errors& errors) : prefix_(std::move(prefix)), errors_(errors) {}

  void take(const std::string& name, const std::string& text) {
    if (text.empty()) {
      return;  // as good as absent
    }
    if (name == "message") {
      search.message = text;
    } else if (name == "type") {
      take_type(text);
    } else if (name == "orderBy") {
      take_order(text);
    } else if (name == "start") {
      search.start = integer(name, text, 0, latest);
    } else if (name == "end") {
      search.end = integer(name, text, 0, latest);
    } else if (name == "startRow") {
      search.start_row = integer(name, text, 0, latest);
    } else if (name == "numberOfResults") {
      search.number_of_results = integer(name, text, 1, 500);
    }
  }

  void refuse(const std::string& name, std::string_view kind, const std::string& message) {
    errors_.add_field(prefix_ + name, kind, message);
  }

  EventSearch search;

 private:
  std::int64_t integer(const std::string& name, const std::string& text, std::int64_t least, std::int64_t most) {
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || stop != end || number < least || number > most) {
      refuse(
          name, "invalid",
          "[" + name + "] must be a whole number from " + std::to_string(least) + " to " + std::to_string(most) + ".");
    }
    return number;
  }

  void take_type(const std::string& text) {
    for (const EventType type : {EventType::information, EventType::debug, EventType::error}) {
      if (text == to_string(type)) {
        search.type = type;
        return;
      }
    }
    refuse("type", "invalid", "[type] must be one of [Debug, Error, Information].");
  }

  void take_order(const std::string& text) {
    const std::size_t space = std::min(text.find(' '), text.size());
    const std::string_view name(text.data(), space);
    const std::string direction = space == text.size() ? "DESC" : text.substr(space + 1);
    const bool ascending = boost::iequals(direction, "ASC");
    for (const auto& [known, order] : orders) {
      if (name == known && (ascending || boost::iequals(direction, "DESC"))) {
        search.order = order;
        search.ascending = ascending;
        return;
      }
    }
    refuse("orderBy", "invalid",
           "[orderBy] must be one of [insertInstant, message, type], perhaps followed by ASC or DESC.");
  }

  std::string prefix_;
  Errors& errors_;
};

bool is_text(std::string_view name) {
  return name == "message" || name == "type" || name == "orderBy";
}

bool is_number(std::string_view name) {
  return name == "start" || name == "end" || name == "startRow" || name == "numberOfResults";
}

}  // namespace

EventSearch read_search(const std::map<std::string, std::string>& query, Errors& errors) {
  Reader reader({}, errors);
  for (const auto& [name, text] : query) {
    reader.take(name, text);
  }
  return reader.search;
}

EventSearch read_search(const json::object& body, Errors& errors) {
  refuse_others(body, {"search"}, errors);
  const json::value* const criteria = find_member(body, "search");
  if (criteria == nullptr) {
    return {};
  }
  if (!criteria->is_object()) {
    errors.add_field("search", "invalidJSON", "[search] must be an object.");
    return {};
  }
  Reader reader("search.", errors);
  for (const auto& member : criteria->get_object()) {
    const std::string name(member.key());
    const json::value& value = member.value();
    if (value.is_null()) {
      continue;
    }
    if (is_text(name) && !value.is_string()) {
      reader.refuse(name, "invalidJSON", "[" + name + "] must be a string.");
    } else if (is_number(name) && !value.is_number()) {
      reader.refuse(name, "invalidJSON", "[" + name + "] must be a number.");
    } else if (is_text(name) || is_number(name)) {
      reader.take(name, value.is_string() ? std::string(value.get_string()) : json::serialize(value));
    } else {
      reader.refuse(name, "invalid", "There is no such member here.");
    }
  }
  return reader.search;
}

}  // namespace messenger::host
