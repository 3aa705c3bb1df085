#include "simulator/callback_faults.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "simulator/object_reader.hpp"

namespace messenger::simulator {

void CallbackFaults::add(const boost::json::value& source) {
  constexpr std::array<std::string_view, 4> known{"duplicate", "reorder", "forge", "json"};
  ObjectReader reader{source, "rule"};
  Rule rule{reader.text("fault").value_or(""),
            reader.integer("times", 0, std::numeric_limits<std::int64_t>::max()).value_or(1)};
  reader.finish();
  if (std::ranges::find(known, rule.fault) == known.end()) {
    reader.fail("fault must be duplicate, reorder, forge or json");
  }
  rules_.push_back(std::move(rule));
}

bool CallbackFaults::strike(std::string_view fault) {
  const auto rule = std::ranges::find(rules_, fault, &Rule::fault);
  if (rule == rules_.end()) return false;
  if (rule->times == 1) {
    rules_.erase(rule);
  } else if (rule->times > 1) {
    --rule->times;
  }
  return true;
}

boost::json::array CallbackFaults::list() const {
  boost::json::array list;
  for (const Rule& rule : rules_) list.push_back({{"fault", rule.fault}, {"times", rule.times}});
  return list;
}

}  // namespace messenger::simulator
