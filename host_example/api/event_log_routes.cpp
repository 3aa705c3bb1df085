// SPDX-License-Identifier: Apache-2.0
#include "api/event_log_routes.hpp"

#include <charconv>

#include "api/event_search.hpp"
#include "api/json_body.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

json::object describe(const Event& event) {
  return {{"id", event.id},
          {"insertInstant", event.insert_instant},
          {"message", event.message},
          {"type", to_string(event.type)}};
}

void find(Store& store, const Request& request, const Reply& reply) {
  const std::string& text = request.parameters.at("logId");
  std::int64_t id = 0;
  std::from_chars(text.data(), text.data() + text.size(), id);
  const auto event = store.read([&](Transaction& transaction) { return transaction.events.find(id); });
  reply(event ? json_response({{"eventLog", describe(*event)}}) : empty_response(404));
}

void answer(Store& store, const EventSearch& search, const Errors& errors, const Reply& reply) {
  if (!errors.empty()) {
    return reply(errors.response());
  }
  const EventPage page = store.read([&](Transaction& transaction) { return transaction.events.search(search); });
  json::array events;
  for (const Event& event : page.events) {
    events.push_back(describe(event));
  }
  reply(json_response({{"eventLogs", std::move(events)}, {"total", page.total}}));
}

void search_by_query(Store& store, const Request& request, const Reply& reply) {
  Errors errors;
  const EventSearch search = read_event_search({request.query, event_criteria(), errors});
  answer(store, search, errors, reply);
}

void search_by_body(Store& store, const Request& request, const Reply& reply) {
  Errors errors;
  EventSearch search;
  if (!request.body.empty()) {
    if (const auto body = parse_body(request, errors)) {
      search = read_event_search({*body, event_criteria(), errors});
    }
  }
  answer(store, search, errors, reply);
}

}  // namespace

std::vector<Route> event_log_routes(Store& store) {
  const auto with = [&store](void (*handle)(Store&, const Request&, const Reply&)) {
    return [&store, handle](const Request& request, const Reply& reply) { handle(store, request, reply); };
  };
  const std::string one = "/api/system/event-log/{logId:long}";
  const std::string search = "/api/system/event-log/search";
  const std::string tag = "Event log";
  const std::string page = "EventLogSearchResponse";
  return {{"GET", one, Access::api_key, {tag, "Retrieve an entry", "", "EventLogResponse", {404}}, with(&find)},
          {"GET",
           search,
           Access::api_key,
           {tag,
            "Search the entries",
            "",
            page,
            {},
            {"message", "type", "start", "end", "startRow", "numberOfResults", "orderBy"}},
           with(&search_by_query)},
          {"POST",
           search,
           Access::api_key,
           {tag, "Search the entries", "EventLogSearchRequest", page, {}},
           with(&search_by_body)}};
}

}  // namespace messenger::host
