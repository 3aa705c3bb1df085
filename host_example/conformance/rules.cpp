// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <utility>

#include "conformance/rule.hpp"

namespace messenger::host::conformance {

std::span<const Rule> all_rules() {
  static const std::vector<Rule> rules = [] {
    std::vector<Rule> all;
    for (const auto& part : {file_rules(), entry_rules(), table_rules(), validate_rules(), configure_rules(),
                             send_rules(), result_rules(), operation_rules(), receipt_rules(), cancel_rules(),
                             ending_rules(), secrets_rules(), memory_rules(), http_rules(), process_rules()}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }();
  return rules;
}

std::string_view place_of(const Rule& rule) {
  // By what comes before the dot of an id.
  constexpr std::array<std::pair<std::string_view, std::string_view>, 15> places{{
      {"file", "docs/plugin-abi.md, What a library must be"},
      {"entry", "plugin.h, msgr_plugin_v1"},
      {"table", "plugin.h, msgr_plugin"},
      {"validate", "plugin.h, msgr_plugin.validate"},
      {"configure", "plugin.h, msgr_plugin.configure"},
      {"send", "plugin.h, msgr_plugin.send and msgr_result"},
      {"operations", "operations.h, msgr_operations"},
      {"receipts", "receipts.h, msgr_receipts"},
      {"cancel", "plugin.h, msgr_plugin.cancel"},
      {"stop", "plugin.h, msgr_plugin.stop"},
      {"destroy", "plugin.h, msgr_plugin.destroy"},
      {"secrets", "plugin.h, MSGR_SECRET and MSGR_FIELD_SECRET"},
      {"memory", "plugin.h, the rules at its top"},
      {"http", "http.h, msgr_http"},
      {"process", "docs/writing-a-messenger.md, Rules that are easy to miss"},
  }};
  const auto group = rule.id.substr(0, rule.id.find('.'));
  const auto* const found =
      std::find_if(places.begin(), places.end(), [group](const auto& place) { return place.first == group; });
  return found == places.end() ? std::string_view{} : found->second;
}

const Rule* find_rule(std::string_view id) {
  const auto rules = all_rules();
  const auto found = std::find_if(rules.begin(), rules.end(), [id](const Rule& rule) { return rule.id == id; });
  return found == rules.end() ? nullptr : &*found;
}

}  // namespace messenger::host::conformance
