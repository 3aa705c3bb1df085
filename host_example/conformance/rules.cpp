// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "conformance/rule.hpp"

namespace messenger::host::conformance {

std::span<const Rule> all_rules() {
  static const std::vector<Rule> rules = [] {
    std::vector<Rule> all;
    for (const auto& part :
         {file_rules(), entry_rules(), table_rules(), validate_rules(), configure_rules(), send_rules(), result_rules(),
          cancel_rules(), ending_rules(), secrets_rules(), memory_rules(), http_rules(), process_rules()}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }();
  return rules;
}

const Rule* find_rule(std::string_view id) {
  const auto rules = all_rules();
  const auto found = std::find_if(rules.begin(), rules.end(), [id](const Rule& rule) { return rule.id == id; });
  return found == rules.end() ? nullptr : &*found;
}

}  // namespace messenger::host::conformance
