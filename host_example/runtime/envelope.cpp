// SPDX-License-Identifier: Apache-2.0
#include "runtime/envelope.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/string.hpp>

#include "runtime/uuid_text.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

using Kind = EnvelopeField::Kind;

constexpr std::array<EnvelopeField, 9> fields{{
    {"data", Kind::object, false, false, "Anything that shall be kept with the messenger."},
    {"debug", Kind::boolean, false, false, "Write a debug entry to the event log for every message."},
    {"id", Kind::uuid, false, false, "The messenger's id; random when it is not given."},
    {"insertInstant", Kind::integer, false, true, "When the messenger was created, in epoch milliseconds."},
    {"lastUpdateInstant", Kind::integer, false, true, "When the messenger was last changed, in epoch milliseconds."},
    {"messageTypes", Kind::text_list, false, false, "The kinds of message it carries: SMS."},
    {"name", Kind::text, true, false, "The messenger's unique name."},
    {"transport", Kind::text, false, true, "Always sms."},
    {"type", Kind::text, true, false, "The messenger's type, which its plugin defines."},
}};

bool is_text_list(const json::value& value) {
  return value.is_array() && std::all_of(value.get_array().begin(), value.get_array().end(),
                                         [](const json::value& item) { return item.is_string(); });
}

bool has_kind(const json::value& value, Kind kind) {
  switch (kind) {
    case Kind::text:
    case Kind::uuid:
      return value.is_string();
    case Kind::boolean:
      return value.is_bool();
    case Kind::integer:
      return value.is_int64() || value.is_uint64();
    case Kind::object:
      return value.is_object();
    case Kind::text_list:
      return is_text_list(value);
  }
  return false;
}

std::string_view describe(Kind kind) {
  switch (kind) {
    case Kind::text:
    case Kind::uuid:
      return "a string";
    case Kind::boolean:
      return "true or false";
    case Kind::integer:
      return "an integer";
    case Kind::object:
      return "an object";
    case Kind::text_list:
      return "an array of strings";
  }
  return "";
}

json::object schema_of(const EnvelopeField& field, std::string_view type) {
  json::object schema{{"description", field.help}};
  switch (field.kind) {
    case Kind::text:
      schema["type"] = "string";
      break;
    case Kind::uuid:
      schema["type"] = "string";
      schema["format"] = "uuid";
      break;
    case Kind::boolean:
      schema["type"] = "boolean";
      schema["default"] = false;
      break;
    case Kind::integer:
      schema["type"] = "integer";
      break;
    case Kind::object:
      schema["type"] = "object";
      break;
    case Kind::text_list:
      schema["type"] = "array";
      schema["items"] = json::object{{"type", "string"}};
      break;
  }
  if (field.read_only) {
    schema["readOnly"] = true;
  }
  if (field.name == "type") {
    schema["const"] = type;
  } else if (field.required) {
    schema["minLength"] = 1;
  }
  return schema;
}

}  // namespace

const EnvelopeField* find_envelope_field(std::string_view name) noexcept {
  const auto* const found =
      std::find_if(fields.begin(), fields.end(), [&](const EnvelopeField& field) { return field.name == name; });
  return found == fields.end() ? nullptr : found;
}

std::vector<loader::Issue> check_envelope(const json::object& messenger) {
  std::vector<loader::Issue> issues;
  for (const EnvelopeField& field : fields) {
    const std::string name(field.name);
    const auto report = [&](std::string_view code, const std::string& text) {
      issues.push_back({"/" + name, std::string(code), text});
    };
    const json::value* const value = messenger.if_contains(field.name);
    if (value == nullptr || value->is_null()) {
      if (field.required) {
        report("missing", "You must specify [" + name + "].");
      }
    } else if (!has_kind(*value, field.kind)) {
      report("invalidJSON", "[" + name + "] must be " + std::string(describe(field.kind)) + ".");
    } else if (field.required && value->get_string().empty()) {
      report("blank", "[" + name + "] must not be empty.");
    } else if (field.kind == Kind::uuid && !is_uuid(value->get_string())) {
      report("invalid", "[" + name + "] must be a UUID.");
    }
  }
  return issues;
}

json::object with_envelope(json::object schema, std::string_view type) {
  json::object properties;
  json::array required;
  for (const EnvelopeField& field : fields) {
    properties[field.name] = schema_of(field, type);
    if (field.required) {
      required.emplace_back(field.name);
    }
  }
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
