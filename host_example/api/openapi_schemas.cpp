// SPDX-License-Identifier: Apache-2.0
#include "api/openapi_schemas.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <cctype>
#include <string>

#include "api/message_request.hpp"
#include "api/message_send.hpp"
#include "api/two_factor_method_routes.hpp"
#include "api/two_factor_routes.hpp"
#include "delivery/key_document.hpp"
#include "delivery/message_template.hpp"
#include "delivery/message_type.hpp"
#include "delivery/tenant_settings.hpp"
#include "delivery/user_document.hpp"
#include "runtime/envelope.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

json::object reference(std::string_view name) {
  return {{"$ref", "#/components/schemas/" + std::string(name)}};
}

json::object list_of(json::object items) {
  return {{"type", "array"}, {"items", std::move(items)}};
}

json::object object_with(json::object properties, json::array required = {}) {
  json::object schema{{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) {
    schema["required"] = std::move(required);
  }
  return schema;
}

const json::object text{{"type", "string"}}, number{{"type", "integer"}, {"format", "int64"}},
    any_object{{"type", "object"}};

// A component's name has letters, digits, ".", "-" and "_" only; a type's may have any.
std::string component_of(const std::string& type) {
  std::string name = "Messenger.";
  for (const char character : type) {
    const auto byte = static_cast<unsigned char>(character);
    name += std::isalnum(byte) != 0 ? std::string(1, character) : "_" + std::to_string(byte);
  }
  return name;
}

// A plugin's own references start at its schema, so it is made a resource of its own.
json::object messenger_schema(const loader::TypeInfo& info) {
  json::object schema = with_envelope(json::parse(info.schema).as_object(), info.type);
  schema["$id"] = "urn:messenger:" + component_of(info.type);
  return schema;
}

void add_messengers(json::object& schemas, const std::vector<loader::TypeInfo>& types) {
  json::array choices;
  json::object mapping;
  for (const loader::TypeInfo& info : types) {
    const std::string name = component_of(info.type);
    schemas[name] = messenger_schema(info);
    choices.push_back(reference(name));
    mapping[info.type] = "#/components/schemas/" + name;
  }
  // Without a plugin there is no messenger that would do.
  schemas["Messenger"] =
      choices.empty() ? any_object
                      : json::object{{"oneOf", std::move(choices)},
                                     {"discriminator", json::object{{"propertyName", "type"}, {"mapping", mapping}}}};
}

void add_messenger_tests(json::object& schemas) {
  const json::object message =
      object_with({{"phoneNumber", text}, {"textMessage", text}, {"code", text}}, {"phoneNumber"});
  schemas["MessengerTestRequest"] = object_with({{"message", message}}, {"message"});
  schemas["UnsavedMessengerTestRequest"] =
      object_with({{"message", message}, {"messenger", reference("Messenger")}}, {"message", "messenger"});
  const json::object headers{{"type", "object"}, {"additionalProperties", text}};
  const json::object request = object_with({{"method", text}, {"url", text}, {"headers", headers}, {"body", text}});
  const json::object response = object_with({{"status", number}, {"headers", headers}, {"body", text}});
  schemas["MessengerTestResponse"] = object_with({{"test", object_with({{"outcome", text},
                                                                        {"messageId", text},
                                                                        {"elapsedMs", number},
                                                                        {"httpStatus", number},
                                                                        {"providerId", text},
                                                                        {"providerCode", text},
                                                                        {"detail", text},
                                                                        {"request", request},
                                                                        {"response", response}})}});
}

void add_operations(json::object& schemas) {
  const json::object flag{{"type", "boolean"}};
  schemas["OperationsResponse"] = object_with({{"operations", list_of(object_with({{"name", text},
                                                                                   {"summary", text},
                                                                                   {"safe", flag},
                                                                                   {"list", flag},
                                                                                   {"inputSchema", any_object},
                                                                                   {"outputSchema", any_object}}))}});
  schemas["OperationRequest"] =
      object_with({{"operation", object_with({{"input", any_object}, {"limit", number}})}}, {"operation"});
  schemas["OperationResponse"] = object_with({{"operation", object_with({{"name", text},
                                                                         {"outcome", text},
                                                                         {"httpStatus", number},
                                                                         {"providerId", text},
                                                                         {"providerCode", text},
                                                                         {"detail", text},
                                                                         {"retryAfter", number},
                                                                         {"outputs", list_of(json::object{})},
                                                                         {"hasMore", flag}})}});
}

void add_errors(json::object& schemas) {
  const json::object error = object_with({{"code", text}, {"message", text}}, {"code", "message"});
  schemas["Errors"] =
      object_with({{"fieldErrors", json::object{{"type", "object"}, {"additionalProperties", list_of(error)}}},
                   {"generalErrors", list_of(error)}});
  const json::array operations{"add", "remove", "replace", "move", "copy", "test"};
  schemas["JsonPatch"] = list_of(object_with({{"op", json::object{{"type", "string"}, {"enum", operations}}},
                                              {"path", text},
                                              {"from", text},
                                              {"value", json::object{}}},
                                             {"op", "path"}));
}

void add_event_log(json::object& schemas) {
  const json::object type{{"type", "string"}, {"enum", json::array{"Information", "Debug", "Error"}}};
  schemas["EventLog"] = object_with({{"id", number}, {"insertInstant", number}, {"message", text}, {"type", type}});
  schemas["EventLogResponse"] = object_with({{"eventLog", reference("EventLog")}});
  schemas["EventLogSearchResponse"] = object_with({{"eventLogs", list_of(reference("EventLog"))}, {"total", number}});
  schemas["EventLogSearchRequest"] = object_with({{"search", object_with({{"message", text},
                                                                          {"type", type},
                                                                          {"start", number},
                                                                          {"end", number},
                                                                          {"startRow", number},
                                                                          {"numberOfResults", number},
                                                                          {"orderBy", text}})}});
}

void add_receipts(json::object& schemas) {
  const json::object receipt = object_with({{"messengerId", text},
                                            {"providerId", text},
                                            {"messageId", text},
                                            {"status", text},
                                            {"providerStatus", text},
                                            {"providerCode", text},
                                            {"final", json::object{{"type", "boolean"}}},
                                            {"insertInstant", number},
                                            {"lastUpdateInstant", number}},
                                           {"messengerId", "providerId", "status", "final"});
  schemas["ReceiptResponse"] = object_with({{"receipt", receipt}}, {"receipt"});
}

void add_messages(json::object& schemas) {
  const json::object flag{{"type", "boolean"}};
  const json::object change = object_with({{"instant", number},
                                           {"state", text},
                                           {"attempt", number},
                                           {"messengerId", text},
                                           {"outcome", text},
                                           {"reason", text}},
                                          {"instant", "state", "reason"});
  schemas["Message"] = object_with({{"id", text},
                                    {"state", text},
                                    {"priority", text},
                                    {"tenantId", text},
                                    {"messengerId", text},
                                    {"messageTypeId", text},
                                    {"to", text},
                                    {"attempts", number},
                                    {"reason", text},
                                    {"expires", number},
                                    {"providerId", text},
                                    {"insertInstant", number},
                                    {"lastUpdateInstant", number},
                                    {"nextAttempt", number},
                                    {"cancelRequested", flag},
                                    {"wiped", flag},
                                    {"resendOf", text},
                                    {"requestId", text},
                                    {"userId", text},
                                    {"locale", text},
                                    {"history", list_of(change)}},
                                   {"id", "state", "priority", "attempts"});
  schemas["MessageResponse"] = object_with({{"message", reference("Message")}}, {"message"});
  schemas["MessageSearchResponse"] =
      object_with({{"messages", list_of(reference("Message"))}, {"total", number}}, {"messages", "total"});
  schemas["MessageSearchRequest"] = object_with({{"search", object_with({{"state", text},
                                                                         {"tenantId", text},
                                                                         {"to", text},
                                                                         {"messengerId", text},
                                                                         {"messageTypeId", text},
                                                                         {"start", number},
                                                                         {"end", number},
                                                                         {"startRow", number},
                                                                         {"numberOfResults", number},
                                                                         {"orderBy", text}})}});
  schemas["NewMessage"] = message_request_schema();
  const json::object sent = object_with({{"message", reference("NewMessage")}}, {"message"});
  json::object several = list_of(reference("NewMessage"));
  several["minItems"] = 1;
  several["maxItems"] = most_messages;
  schemas["MessageSendRequest"] =
      json::object{{"oneOf", json::array{sent, object_with({{"messages", std::move(several)}}, {"messages"})}}};
  const json::object kept = object_with({{"id", text}, {"isNew", flag}}, {"id", "isNew"});
  const json::object became{{"oneOf", json::array{kept, reference("Errors")}}};
  schemas["MessageSendResponse"] = object_with({{"message", kept}, {"messages", list_of(became)}});
  schemas["MessageResendResponse"] = object_with({{"message", kept}}, {"message"});
  schemas["MessageCancelResponse"] =
      object_with({{"message", object_with({{"id", text}, {"state", text}}, {"id", "state"})}}, {"message"});
}

void add_queue(json::object& schemas) {
  const json::object count =
      object_with({{"state", text}, {"priority", text}, {"messages", number}, {"oldestInsertInstant", number}});
  const json::object circuit = object_with(
      {{"messengerId", text}, {"state", text}, {"reason", text}, {"retryInstant", number}, {"inFlight", number}});
  const json::object changes{{"type", "object"}, {"additionalProperties", number}};
  const json::object queue = object_with({{"counts", list_of(count)},
                                          {"waiting", number},
                                          {"oldestWaitingInstant", number},
                                          {"dead", number},
                                          {"lastMinute", changes},
                                          {"lastHour", changes},
                                          {"circuits", list_of(circuit)}},
                                         {"counts", "waiting", "dead", "lastMinute", "lastHour", "circuits"});
  schemas["QueueResponse"] = object_with({{"queue", queue}}, {"queue"});
}

// {"member":…} to create or change one, the same as an answer, and {"members":[…]} as the answer of a list.
void add_wrapped(json::object& schemas, const std::string& type, const std::string& member) {
  schemas[type + "Request"] = object_with({{member, reference(type)}}, {json::string(member)});
  schemas[type + "Response"] = schemas[type + "Request"];
  schemas[type + "sResponse"] = object_with({{member + "s", list_of(reference(type))}}, {json::string(member + "s")});
}

void add_preview(json::object& schemas) {
  const json::object message = object_with({{"locale", text}, {"textMessage", text}, {"type", text}});
  schemas["PreviewMessageTemplateRequest"] =
      object_with({{"locale", text}, {"messageTemplate", any_object}}, {"messageTemplate"});
  schemas["PreviewMessageTemplateResponse"] =
      object_with({{"errors", reference("Errors")}, {"message", message}, {"previewMessage", message}});
}

void add_two_factor(json::object& schemas) {
  for (const auto& request : two_factor_schemas()) {
    schemas[request.key()] = request.value();
  }
  for (const auto& schema : two_factor_method_schemas()) {
    schemas[schema.key()] = schema.value();
  }
  schemas["TwoFactorStartResponse"] =
      object_with({{"code", text}, {"methods", list_of(any_object)}, {"twoFactorId", text}});
  schemas["LoginResponse"] = object_with({{"state", any_object}, {"user", reference("User")}});
}

}  // namespace

json::object openapi_schemas(const std::vector<loader::TypeInfo>& types) {
  json::object schemas;
  add_errors(schemas);
  add_messengers(schemas, types);
  add_messenger_tests(schemas);
  add_operations(schemas);
  add_event_log(schemas);
  add_receipts(schemas);
  add_messages(schemas);
  add_queue(schemas);
  schemas["OpenApi"] = any_object;
  schemas["Health"] = object_with({{"status", text}}, {"status"});
  schemas["Key"] = key_schema();
  schemas["MessageTemplate"] = message_template_schema();
  schemas["MessageType"] = message_type_schema();
  schemas["Tenant"] = tenant_schema();
  schemas["User"] = user_schema();
  add_wrapped(schemas, "Key", "key");
  add_wrapped(schemas, "Messenger", "messenger");
  add_wrapped(schemas, "MessageTemplate", "messageTemplate");
  add_wrapped(schemas, "MessageType", "messageType");
  add_wrapped(schemas, "Tenant", "tenant");
  add_wrapped(schemas, "User", "user");
  add_preview(schemas);
  add_two_factor(schemas);
  return schemas;
}

}  // namespace messenger::host
