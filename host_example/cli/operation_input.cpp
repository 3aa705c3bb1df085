// SPDX-License-Identifier: Apache-2.0
#include "cli/operation_input.hpp"

#include <boost/json/array.hpp>
#include <set>
#include <stdexcept>
#include <string_view>

#include "cli/attempt.hpp"
#include "runtime/json_text.hpp"

namespace messenger::host::cli {

namespace json = boost::json;

namespace {

const json::object* member(const json::object& object, std::string_view name) {
  const json::value* const found = object.if_contains(name);
  return found == nullptr ? nullptr : found->if_object();
}

std::string_view type_of(const json::object* schema) {
  const json::value* const type = schema == nullptr ? nullptr : schema->if_contains("type");
  return type != nullptr && type->is_string() ? std::string_view(type->get_string()) : std::string_view("string");
}

json::value read_value(std::string_view name, std::string_view text, std::string_view type) {
  if (type == "string") {
    return json::value(json::string(text));
  }
  auto parsed = parse_json(text);
  if (const auto* const problem = std::get_if<std::string>(&parsed)) {
    throw std::runtime_error(std::string(name) + ": expected a value of type " + std::string(type) + ": " + *problem);
  }
  return std::move(std::get<json::value>(parsed));
}

// Of an array: itself, or the alternative that is one; null when the property takes no array.
const json::object* array_schema(const json::object* property) {
  if (property == nullptr || type_of(property) == "array") {
    return property;
  }
  for (const std::string_view keyword : {"oneOf", "anyOf"}) {
    const json::value* const alternatives = property->if_contains(keyword);
    if (alternatives == nullptr || !alternatives->is_array()) {
      continue;
    }
    for (const json::value& alternative : alternatives->get_array()) {
      if (const json::object* const schema = alternative.if_object(); schema != nullptr && type_of(schema) == "array") {
        return schema;
      }
    }
  }
  return nullptr;
}

}  // namespace

void add_assignments(json::object& input, const std::vector<std::string>& assignments, const json::object& schema) {
  const json::object* const properties = member(schema, "properties");
  std::set<std::string, std::less<>> added;
  for (const std::string& assignment : assignments) {
    const auto [name, text] = split_assignment(assignment);
    const json::object* const property = properties == nullptr ? nullptr : member(*properties, name);
    const json::object* const array = array_schema(property);
    const bool is_first = added.emplace(name).second;
    if (array == nullptr) {
      if (!is_first) {
        throw std::runtime_error(std::string(name) + " is given twice");
      }
      input[name] = read_value(name, text, type_of(property));
      continue;
    }
    json::value& values = is_first ? (input[name] = json::array()) : input[name];
    values.as_array().push_back(read_value(name, text, type_of(member(*array, "items"))));
  }
}

}  // namespace messenger::host::cli
