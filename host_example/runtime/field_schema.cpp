// SPDX-License-Identifier: Apache-2.0
#include "runtime/field_schema.hpp"

#include <boost/json/array.hpp>

namespace messenger::host {

namespace json = boost::json;

namespace {

json::object text_schema(const Field& field) {
  json::object schema{{"type", "string"}, {"maxLength", field.longest}};
  if (const std::size_t least = field.shortest == 0 && field.required ? 1 : field.shortest; least > 0) {
    schema["minLength"] = least;
  }
  return schema;
}

json::object schema_of_kind(const Field& field) {
  switch (field.kind) {
    case Field::Kind::text:
      return text_schema(field);
    case Field::Kind::uuid:
      return {{"type", "string"}, {"format", "uuid"}};
    case Field::Kind::boolean:
      return {{"type", "boolean"}};
    case Field::Kind::integer:
      return {{"type", "integer"}, {"format", "int64"}};
    case Field::Kind::number:
      return {{"type", "number"}};
    case Field::Kind::object:
      return {{"type", "object"}};
    case Field::Kind::text_list:
      return {{"type", "array"}, {"items", json::object{{"type", "string"}, {"maxLength", field.longest}}}};
    case Field::Kind::text_map:
      return {{"type", "object"},
              {"additionalProperties", json::object{{"type", "string"}, {"maxLength", field.longest}}}};
    case Field::Kind::object_list:
      break;
  }
  return {{"type", "array"}, {"items", json::object{{"type", "object"}}}};
}

json::object schema_of_field(const Field& field) {
  json::object schema = schema_of_kind(field);
  if (field.kind == Field::Kind::integer && field.most != Field{}.most) {
    schema["minimum"] = field.least;
    schema["maximum"] = field.most;
  }
  if (!field.choices.empty()) {
    schema["enum"] = json::array(field.choices.begin(), field.choices.end());
  }
  if (field.read_only) {
    schema["readOnly"] = true;
  }
  if (!field.help.empty()) {
    schema["description"] = field.help;
  }
  return schema;
}

// The schema of the object in which a path's last member stands, made as the path leads through it.
json::object& descend(json::object& schema, std::string_view& path) {
  json::object* at = &schema;
  for (std::size_t slash; (slash = path.find('/')) != std::string_view::npos; path.remove_prefix(slash + 1)) {
    json::value& next = (*at)["properties"].get_object()[path.substr(0, slash)];
    if (!next.is_object()) {
      next = json::object{{"type", "object"}, {"properties", json::object{}}, {"additionalProperties", false}};
    }
    at = &next.get_object();
  }
  return *at;
}

}  // namespace

json::object schema_of(std::span<const Field> fields) {
  json::object schema{{"type", "object"}, {"properties", json::object{}}, {"additionalProperties", false}};
  for (const Field& field : fields) {
    std::string_view name = field.path;
    json::object& object = descend(schema, name);
    object["properties"].get_object()[name] = schema_of_field(field);
    if (field.required) {
      json::value& required = object["required"];
      (required.is_array() ? required.get_array() : required.emplace_array()).emplace_back(name);
    }
  }
  return schema;
}

}  // namespace messenger::host
