// SPDX-License-Identifier: Apache-2.0
#include "runtime/envelope.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/string.hpp>

#include "runtime/field_schema.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

using Kind = Field::Kind;

constexpr std::array<Field, 9> fields{{
    {.path = "data", .kind = Kind::object, .help = "Anything that shall be kept with the messenger."},
    {.path = "debug", .kind = Kind::boolean, .help = "Write a debug entry to the event log for every message."},
    {.path = "id", .kind = Kind::uuid, .help = "The messenger's id; random when it is not given."},
    {.path = "insertInstant",
     .kind = Kind::integer,
     .read_only = true,
     .help = "When the messenger was created, in epoch milliseconds."},
    {.path = "lastUpdateInstant",
     .kind = Kind::integer,
     .read_only = true,
     .help = "When the messenger was last changed, in epoch milliseconds."},
    {.path = "messageTypes", .kind = Kind::text_list, .help = "The kinds of message it carries: SMS."},
    {.path = "name", .kind = Kind::text, .required = true, .help = "The messenger's unique name."},
    {.path = "transport", .kind = Kind::text, .read_only = true, .help = "Always sms."},
    {.path = "type", .kind = Kind::text, .required = true, .help = "The messenger's type, which its plugin defines."},
}};

}  // namespace

const Field* find_envelope_field(std::string_view name) noexcept {
  const auto* const found =
      std::find_if(fields.begin(), fields.end(), [&](const Field& field) { return field.path == name; });
  return found == fields.end() ? nullptr : found;
}

std::vector<loader::Issue> check_envelope(const json::object& messenger) {
  json::object own;
  for (const auto& member : messenger) {
    if (find_envelope_field(member.key()) != nullptr) {
      own.emplace(member.key(), member.value());
    }
  }
  return check_fields(own, fields, "");
}

json::object with_envelope(json::object schema, std::string_view type) {
  json::object envelope = schema_of(fields);
  json::object properties = std::move(envelope["properties"].get_object());
  json::array required = std::move(envelope["required"].get_array());
  properties["debug"].get_object()["default"] = false;
  properties["type"].get_object()["const"] = type;
  if (const json::value* const own = schema.if_contains("properties"); own != nullptr && own->is_object()) {
    for (const auto& member : own->get_object()) {
      properties[member.key()] = member.value();
    }
  }
  if (const json::value* const own = schema.if_contains("required"); own != nullptr && own->is_array()) {
    required.insert(required.end(), own->get_array().begin(), own->get_array().end());
  }
  schema["properties"] = std::move(properties);
  schema["required"] = std::move(required);
  return schema;
}

}  // namespace messenger::host
