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

}  // namespace

void add_assignments(json::object& input, const std::vector<std::string>& assignments, const json::object& schema) {
  const json::object* const properties = member(schema, "properties");
  std::set<std::string, std::less<>> added;
  for (const std::string& assignment : assignments) {
    const auto [name, text] = split_assignment(assignment);
    const json::object* const property = properties == nullptr ? nullptr : member(*properties, name);
    const bool is_array = type_of(property) == "array";
    const bool is_first = added.emplace(name).second;
    if (!is_array && !is_first) {
      throw std::runtime_error(std::string(name) + " is given twice");
    }
    json::value value = read_value(name, text, is_array ? type_of(member(*property, "items")) : type_of(property));
    if (!is_array) {
      input[name] = std::move(value);
      continue;
    }
    json::value& array = is_first ? (input[name] = json::array()) : input[name];
    array.as_array().push_back(std::move(value));
  }
}

}  // namespace messenger::host::cli
