// SPDX-License-Identifier: Apache-2.0
#include "api/event_search.hpp"

#include <array>
#include <boost/algorithm/string/predicate.hpp>
#include <utility>

namespace messenger::host {

namespace {

using Order = EventSearch::Order;
constexpr std::array<std::pair<std::string_view, Order>, 3> orders{
    {{"insertInstant", Order::insert_instant}, {"message", Order::message}, {"type", Order::type}}};

constexpr std::array known{Criterion{"message"},
                           Criterion{"type"},
                           Criterion{"orderBy"},
                           Criterion{"start", true},
                           Criterion{"end", true},
                           Criterion{"startRow", true},
                           Criterion{"numberOfResults", true}};

void read_type(const Criteria& criteria, EventSearch& search) {
  const std::string& text = criteria.text("type");
  for (const EventType type : {EventType::information, EventType::debug, EventType::error}) {
    if (text == to_string(type)) {
      search.type = type;
      return;
    }
  }
  if (!text.empty()) {
    criteria.refuse("type", "invalid", "[type] must be one of [Debug, Error, Information].");
  }
}

void read_order(const Criteria& criteria, EventSearch& search) {
  const std::string& text = criteria.text("orderBy");
  const std::size_t space = std::min(text.find(' '), text.size());
  const std::string_view name(text.data(), space);
  const std::string direction = space == text.size() ? "DESC" : text.substr(space + 1);
  const bool ascending = boost::iequals(direction, "ASC");
  for (const auto& [known_name, order] : orders) {
    if (name == known_name && (ascending || boost::iequals(direction, "DESC"))) {
      search.order = order;
      search.ascending = ascending;
      return;
    }
  }
  if (!text.empty()) {
    criteria.refuse("orderBy", "invalid",
                    "[orderBy] must be one of [insertInstant, message, type], perhaps followed by ASC or DESC.");
  }
}

}  // namespace

std::span<const Criterion> event_criteria() {
  return known;
}

EventSearch read_event_search(const Criteria& criteria) {
  EventSearch search;
  search.message = criteria.text("message");
  read_type(criteria, search);
  read_order(criteria, search);
  read_page(criteria, search);
  return search;
}

}  // namespace messenger::host
