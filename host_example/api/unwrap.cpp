// SPDX-License-Identifier: Apache-2.0
#include "api/unwrap.hpp"

#include <algorithm>

namespace messenger::host {

namespace json = boost::json;

void refuse_others(const json::object& body, const std::vector<std::string>& known, Errors& errors) {
  for (const auto& member : body) {
    if (std::find(known.begin(), known.end(), member.key()) == known.end()) {
      errors.add_field(member.key(), "invalid",
                       "Beside [" + known.front() + "] nothing of this name is expected here.");
    }
  }
}

std::optional<json::object> unwrap(const json::object& body, const std::string& member, Errors& errors,
                                   std::vector<std::string> beside) {
  beside.insert(beside.begin(), member);
  refuse_others(body, beside, errors);
  const json::value* const object = body.if_contains(member);
  const bool is_absent = object == nullptr || object->is_null();
  if (is_absent || !object->is_object()) {
    errors.add_field(member, is_absent ? "missing" : "invalidJSON", "The body must have an object [" + member + "].");
    return std::nullopt;
  }
  return object->get_object();
}

}  // namespace messenger::host
