// SPDX-License-Identifier: Apache-2.0
#include "api/legacy_merge.hpp"

#include <algorithm>
#include <boost/algorithm/string/replace.hpp>

namespace messenger::host {

namespace json = boost::json;

namespace {

bool names(const std::vector<std::string>& pointers, const std::string& pointer) {
  return std::find(pointers.begin(), pointers.end(), pointer) != pointers.end();
}

std::string member_pointer(const std::string& parent, std::string_view name) {
  const std::string escaped = boost::replace_all_copy(std::string(name), "~", "~0");
  return parent + "/" + boost::replace_all_copy(escaped, "/", "~1");
}

void merge(json::object& target, const json::object& sent, const PatchRules& rules, const std::string& parent) {
  for (const auto& member : sent) {
    const std::string pointer = member_pointer(parent, member.key());
    const json::value& value = member.value();
    if (names(rules.ignored, pointer)) {
      continue;
    }
    if (value.is_null()) {
      target.erase(member.key());
      continue;
    }
    json::value& kept = target[member.key()];
    if (value.is_object()) {
      if (!kept.is_object()) {
        kept = json::object();
      }
      merge(kept.get_object(), value.get_object(), rules, pointer);
    } else if (value.is_array() && kept.is_array() && !names(rules.replaced, pointer)) {
      json::array& list = kept.get_array();
      list.insert(list.end(), value.get_array().begin(), value.get_array().end());
    } else {
      kept = value;
    }
  }
}

}  // namespace

void merge_legacy(json::object& target, const json::object& sent, const PatchRules& rules) {
  merge(target, sent, rules, {});
}

}  // namespace messenger::host
