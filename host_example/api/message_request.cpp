// SPDX-License-Identifier: Apache-2.0
#include "api/message_request.hpp"

#include <array>

#include "runtime/field_check.hpp"
#include "runtime/field_schema.hpp"
#include "runtime/uuid_text.hpp"

namespace messenger::host {

namespace json = boost::json;
using loader::Issue;

namespace {

using Kind = Field::Kind;

constexpr std::size_t longest_text = 16'384;
constexpr std::int64_t longest_lifetime = 7 * 86'400;
constexpr std::array<std::string_view, 3> priorities{"code", "notice", "bulk"};

constexpr std::array members{
    Field{.path = "attributes",
          .kind = Kind::text_map,
          .help = "What its messenger may use beside the text: code, userId, a provider's parameter.",
          .longest = longest_text},
    Field{.path = "body", .kind = Kind::text, .help = "The text.", .longest = longest_text},
    Field{.path = "expires",
          .kind = Kind::integer,
          .help = "The instant, in ms, from which on it is not sent any more; or lifetimeSeconds."},
    Field{.path = "id", .kind = Kind::uuid, .help = "Its own id; else one is made."},
    Field{.path = "idempotencyKey",
          .kind = Kind::text,
          .help = "The caller's name for this message: the same one is the same message, and is sent once."},
    Field{.path = "lifetimeSeconds", .kind = Kind::integer, .least = 1, .most = longest_lifetime},
    Field{"locale", Kind::text},
    Field{.path = "messageType", .kind = Kind::text, .help = "A message type by its name."},
    Field{"messageTypeId", Kind::uuid},
    Field{.path = "messengerId", .kind = Kind::uuid, .help = "Who carries it, where it has no message type."},
    Field{.path = "priority", .kind = Kind::text, .choices = priorities, .help = "Else its message type's, or notice."},
    Field{.path = "secret",
          .kind = Kind::boolean,
          .help = "Text or attributes hold a code: wiped when it is over. With the attribute code it is so."},
    Field{"tenantId", Kind::uuid},
    Field{.path = "to", .kind = Kind::text, .required = true, .help = "The destination, as +15551230001."}};

std::string text_of(const json::object& message, std::string_view name) {
  return std::string(text_member(message, name));
}

std::string id_of(const json::object& message, std::string_view name) {
  return to_lower_uuid(text_member(message, name));
}

void check_route(const json::object& message, std::vector<Issue>& issues) {
  constexpr std::array names{"messengerId", "messageTypeId", "messageType"};
  std::size_t given = 0;
  for (const char* const name : names) {
    given += text_member(message, name).empty() ? 0U : 1U;
  }
  if (given != 1) {
    issues.push_back({"/messengerId", given == 0 ? "blank" : "invalid",
                      "You must specify one of [messengerId], [messageTypeId] and [messageType]."});
  }
}

std::int64_t number_of(const json::object& message, std::string_view name) {
  const json::value* const value = find_member(message, name);
  return value == nullptr ? 0 : value->get_int64();
}

void read_expiry(const json::object& message, std::int64_t now, MessageRequest& request) {
  const bool has_instant = find_member(message, "expires") != nullptr;
  if (const std::int64_t lifetime = number_of(message, "lifetimeSeconds"); lifetime == 0) {
    request.submission.expires = number_of(message, "expires");
  } else {
    request.submission.expires = now + 1'000 * lifetime;
  }
  if (has_instant && find_member(message, "lifetimeSeconds") != nullptr) {
    request.issues.push_back({"/expires", "invalid", "Only one of [expires] and [lifetimeSeconds] can be said."});
  } else if (has_instant && request.submission.expires <= 0) {
    request.issues.push_back({"/expires", "invalid", "[expires] must lie ahead."});
  }
}

}  // namespace

MessageRequest read_message_request(const json::object& message, std::int64_t now) {
  MessageRequest request;
  request.issues = check_fields(message, members, "");
  check_route(message, request.issues);
  if (!request.issues.empty()) {
    return request;
  }
  Submission& submission = request.submission;
  submission.message.id = id_of(message, "id");
  submission.message.to = text_of(message, "to");
  submission.message.body = text_of(message, "body");
  submission.message.locale = text_of(message, "locale");
  if (const json::value* const attributes = find_member(message, "attributes")) {
    for (const auto& attribute : attributes->get_object()) {
      submission.message.attributes.emplace_back(attribute.key(), attribute.value().get_string());
    }
  }
  const json::value* const secret = find_member(message, "secret");
  submission.message.secret = secret != nullptr && secret->get_bool();
  submission.tenant_id = id_of(message, "tenantId");
  submission.messenger_id = id_of(message, "messengerId");
  submission.message_type_id = id_of(message, "messageTypeId");
  submission.priority = priority_of(text_member(message, "priority"));
  submission.idempotency_key = text_of(message, "idempotencyKey");
  request.message_type = text_of(message, "messageType");
  read_expiry(message, now, request);
  return request;
}

json::object message_request_schema() {
  return schema_of(members);
}

}  // namespace messenger::host
