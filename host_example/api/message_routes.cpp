// SPDX-License-Identifier: Apache-2.0
#include "api/message_routes.hpp"

#include "api/json_body.hpp"
#include "api/message_search.hpp"
#include "api/message_send.hpp"
#include "api/queue_report.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

Response find(Messages& messages, const Request& request) {
  auto message = messages.find(request.parameters.at("messageId"));
  return message ? json_response({{"message", std::move(*message)}}) : empty_response(404);
}

Response answer(Messages& messages, const MessageSearch& search, const Errors& errors) {
  return errors.empty() ? json_response(messages.search(search)) : errors.response();
}

Response search_by_query(Messages& messages, const Request& request) {
  Errors errors;
  const MessageSearch search = read_message_search({request.query, message_criteria(), errors});
  return answer(messages, search, errors);
}

Response search_by_body(Messages& messages, const Request& request) {
  Errors errors;
  MessageSearch search;
  if (!request.body.empty()) {
    if (const auto body = parse_body(request, errors)) {
      search = read_message_search({*body, message_criteria(), errors});
    }
  }
  return answer(messages, search, errors);
}

// 200: it will never be sent. 202: an attempt is under way, and it is called off where that can be. 409: too late.
Response cancel(Messages& messages, const Request& request) {
  const std::string& id = request.parameters.at("messageId");
  const auto stage = messages.cancel(id);
  if (!stage) {
    return empty_response(404);
  }
  if (*stage != MessageStage::cancelled && is_settled(*stage)) {
    Errors errors;
    errors.add_general("settled", "The message is [" + std::string(to_string(*stage)) + "] already.");
    return errors.response(409);
  }
  Response response = json_response({{"message", json::object{{"id", id}, {"state", to_string(*stage)}}}});
  response.status = *stage == MessageStage::cancelled ? 200 : 202;
  return response;
}

Response resend(Messages& messages, const Request& request) {
  const auto accepted = messages.resend(request.parameters.at("messageId"));
  if (!accepted) {
    return empty_response(404);
  }
  if (accepted->id.empty()) {
    Errors errors;
    errors.add(accepted->issues);
    return errors.response(409);
  }
  Response response = json_response({{"message", json::object{{"id", accepted->id}, {"isNew", accepted->is_new}}}});
  response.status = 202;
  return response;
}

Response show_queue(const Dispatcher& dispatcher, Store& store) {
  json::object queue = queue_report(store, now_ms());
  queue["circuits"] = circuit_report(dispatcher.circuits());
  return json_response({{"queue", std::move(queue)}});
}

RouteDocument with_success(RouteDocument document, unsigned status) {
  document.success = status;
  return document;
}

}  // namespace

std::vector<Route> message_routes(Messages& messages, const Dispatcher& dispatcher, Store& store) {
  const auto by = [&messages](Response (*handle)(Messages&, const Request&)) {
    return [&messages, handle](const Request& request, const Reply& reply) { reply(handle(messages, request)); };
  };
  const std::string all = "/api/message";
  const std::string one = all + "/{messageId:uuid}";
  const std::string tag = "Messages";
  const std::string page = "MessageSearchResponse";
  return {
      {"POST", all + "/send", Access::api_key,
       with_success({tag, "Accept one message, or many", "MessageSendRequest", "MessageSendResponse"}, 202),
       [&messages, &store](const Request& request, const Reply& reply) {
         send_messages(messages, store, request, reply);
       }},
      {"GET",
       one,
       Access::api_key,
       {tag, "Retrieve a message and its history", "", "MessageResponse", {404}},
       by(&find)},
      {"GET",
       all + "/search",
       Access::api_key,
       {tag,
        "Search the messages",
        "",
        page,
        {},
        {"state", "tenantId", "to", "messengerId", "messageTypeId", "start", "end", "startRow", "numberOfResults",
         "orderBy"}},
       by(&search_by_query)},
      {"POST",
       all + "/search",
       Access::api_key,
       {tag, "Search the messages", "MessageSearchRequest", page},
       by(&search_by_body)},
      {"POST",
       one + "/cancel",
       Access::api_key,
       {tag, "Call a message off", "", "MessageCancelResponse", {202, 404, 409}},
       by(&cancel)},
      {"POST", one + "/resend", Access::api_key,
       with_success({tag, "Accept a dead message anew", "", "MessageResendResponse", {404, 409}}, 202), by(&resend)},
      {"GET",
       all + "/queue",
       Access::api_key,
       {tag, "What waits, and what became of the rest", "", "QueueResponse"},
       [&dispatcher, &store](const Request&, const Reply& reply) { reply(show_queue(dispatcher, store)); }}};
}

}  // namespace messenger::host
