// SPDX-License-Identifier: Apache-2.0
#include "delivery/message_type.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <set>

#include "delivery/document_body.hpp"
#include "runtime/field_check.hpp"
#include "runtime/field_schema.hpp"
#include "runtime/uuid_text.hpp"

namespace messenger::host {

namespace json = boost::json;
using loader::Issue;

namespace {

constexpr std::string_view root = "/messageType";
constexpr std::size_t most_carriers = 16;
constexpr std::int64_t longest_lifetime_seconds = 7 * 86'400;
constexpr std::array<std::string_view, 3> priorities{"code", "notice", "bulk"};
constexpr std::array<std::string_view, 2> selections{"order", "weight"};

constexpr std::array<Field, 9> members{{
    {"data", Field::Kind::object},
    {"id", Field::Kind::uuid},
    {"insertInstant", Field::Kind::integer},
    {"lastUpdateInstant", Field::Kind::integer},
    {.path = "lifetimeSeconds",
     .kind = Field::Kind::integer,
     .least = 1,
     .most = longest_lifetime_seconds,
     .help = "How long a message is worth anything that does not say so itself; a day where this is absent."},
    {.path = "messengers",
     .kind = Field::Kind::object_list,
     .required = true,
     .help = "Who carries these messages: from 1 to 16, each once."},
    {"name", Field::Kind::text, true},
    {.path = "priority", .kind = Field::Kind::text, .choices = priorities, .help = "[notice] where it is absent."},
    {.path = "selection",
     .kind = Field::Kind::text,
     .choices = selections,
     .help = "[order]: the first messenger that works. [weight]: by chance, in proportion to the weights."},
}};

constexpr std::array<Field, 2> carrier_members{{
    {"messengerId", Field::Kind::uuid, true},
    {.path = "weight", .kind = Field::Kind::integer, .least = 1, .most = 1000},
}};

const json::array* carriers_of(const json::object& message_type) {
  const json::value* const carriers = find_member(message_type, "messengers");
  return carriers != nullptr && carriers->is_array() ? &carriers->get_array() : nullptr;
}

std::int64_t number_member(const json::object& object, std::string_view name, std::int64_t otherwise) {
  const json::value* const value = find_member(object, name);
  return value != nullptr && value->is_int64() ? value->get_int64() : otherwise;
}

// What is no object was reported already.
void check_carriers(const json::array& carriers, std::vector<Issue>& issues) {
  const std::string list = std::string(root) + "/messengers";
  if (carriers.empty() || carriers.size() > most_carriers) {
    issues.push_back(
        {list, "invalid", "[messengers] must have from 1 to " + std::to_string(most_carriers) + " members."});
  }
  std::set<std::string> known;
  for (std::size_t i = 0; i < carriers.size(); ++i) {
    if (!carriers[i].is_object()) {
      continue;
    }
    const std::string pointer = list + "/" + std::to_string(i);
    for (Issue& issue : check_fields(carriers[i].get_object(), carrier_members, pointer)) {
      issues.push_back(std::move(issue));
    }
    const std::string_view id = text_member(carriers[i].get_object(), "messengerId");
    if (is_uuid(id) && !known.insert(to_lower_uuid(id)).second) {
      issues.push_back({pointer + "/messengerId", "duplicate", "The messenger is there already."});
    }
  }
}

}  // namespace

std::vector<Issue> check_message_type(const json::object& message_type) {
  auto issues = check_fields(message_type, members, root);
  if (const json::array* const carriers = carriers_of(message_type)) {
    check_carriers(*carriers, issues);
  }
  return issues;
}

json::object message_type_schema() {
  json::object schema = schema_of(members);
  json::object& carriers = schema["properties"].get_object()["messengers"].get_object();
  carriers["items"] = schema_of(carrier_members);
  carriers["minItems"] = 1;
  carriers["maxItems"] = most_carriers;
  return schema;
}

MessageType read_message_type(const Document& document) {
  const json::object body = body_of(document);
  MessageType type;
  type.id = document.id;
  type.name = text_member(body, "name");
  type.priority = priority_of(text_member(body, "priority")).value_or(type.priority);
  type.lifetime_seconds = number_member(body, "lifetimeSeconds", type.lifetime_seconds);
  type.selection =
      text_member(body, "selection") == "weight" ? MessageType::Selection::weight : MessageType::Selection::order;
  if (const json::array* const carriers = carriers_of(body)) {
    for (const json::value& carrier : *carriers) {
      const json::object& each = carrier.as_object();
      type.carriers.push_back({to_lower_uuid(text_member(each, "messengerId")), number_member(each, "weight", 1)});
    }
  }
  return type;
}

}  // namespace messenger::host
