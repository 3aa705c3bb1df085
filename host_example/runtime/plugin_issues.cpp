// SPDX-License-Identifier: Apache-2.0
#include "runtime/plugin_issues.hpp"

#include <boost/json/value.hpp>
#include <variant>

#include "runtime/json_text.hpp"
#include "runtime/messenger_document.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

json::value schema_of(const loader::Registry& registry, std::string_view type) {
  for (const loader::TypeInfo& info : registry.types()) {
    auto parsed = info.type == type ? parse_json(info.schema) : std::string();
    if (auto* const schema = std::get_if<json::value>(&parsed)) {
      return std::move(*schema);
    }
  }
  return nullptr;
}

bool is_text(const json::value& schema, const std::string& pointer) {
  json::error_code none;
  const json::value* const type = schema.find_pointer("/properties" + pointer + "/type", none);
  return type != nullptr && *type == "string";
}

}  // namespace

std::vector<loader::Issue> plugin_issues(const loader::Registry& registry, std::string_view type,
                                         std::vector<loader::Issue> issues) {
  if (issues.empty()) {
    return issues;
  }
  const json::value schema = schema_of(registry, type);
  for (loader::Issue& issue : issues) {
    if (issue.code == "missing" && is_text(schema, issue.pointer)) {
      issue.code = "blank";
    }
  }
  return within_messenger(std::move(issues));
}

}  // namespace messenger::host
