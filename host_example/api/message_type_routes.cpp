// SPDX-License-Identifier: Apache-2.0
#include "api/message_type_routes.hpp"

#include "api/document_api.hpp"
#include "delivery/message_types.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

NewDocument prepare(Transaction& transaction, const std::string& id, const json::object& document, Errors& errors) {
  std::vector<loader::Issue> issues;
  NewDocument prepared = prepare_message_type(transaction, id, document, issues);
  errors.add(issues);
  return prepared;
}

DocumentType type() {
  DocumentType type{Kind::message_type, "messageTypes"};
  type.patch.replaced = {"/messageType/messengers"};
  type.patch.ignored = {"/messageType/id", "/messageType/insertInstant", "/messageType/lastUpdateInstant"};
  type.prepare = prepare;
  type.is_awaited = is_awaited;
  return type;
}

}  // namespace

std::vector<Route> message_type_routes(Store& store) {
  const auto api = std::make_shared<const DocumentApi>(store, type());
  const std::string all = "/api/message/type";
  const std::string one = all + "/{messageTypeId:uuid}";
  const std::string tag = "Message types";
  const std::string sent = "MessageTypeRequest";
  const std::string answer = "MessageTypeResponse";
  const auto route = [&](const char* method, const std::string& path, RouteDocument document,
                         Response (DocumentApi::*call)(const Request&) const) {
    return Route{method, path, Access::api_key, std::move(document), answered_by(api, call)};
  };
  return {
      route("POST", all, {tag, "Create a message type", sent, answer}, &DocumentApi::create),
      route("POST", one, {tag, "Create a message type with this id", sent, answer}, &DocumentApi::create),
      route("GET", all, {tag, "List the message types", "", "MessageTypesResponse"}, &DocumentApi::list),
      route("GET", one, {tag, "Retrieve a message type", "", answer, {404}}, &DocumentApi::show),
      route("PUT", one, {tag, "Replace a message type", sent, answer, {404}}, &DocumentApi::replace),
      route("PATCH", one, {tag, "Change a message type", sent, answer, {404}}, &DocumentApi::patch),
      route("DELETE", one, {tag, "Delete a message type that no tenant uses and no message waits for", "", "", {404}},
            &DocumentApi::erase)};
}

}  // namespace messenger::host
