#include "simulator/fault_rules.hpp"

#include <limits>
#include <utility>

#include "simulator/object_reader.hpp"

namespace messenger::simulator {
namespace {

bool is_due(FaultRule& rule) {
  if (rule.after == 0) return true;
  --rule.after;
  return false;
}

}  // namespace

FaultRule parse_fault_rule(const boost::json::value& source) {
  constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();
  ObjectReader reader{source, "rule"};
  const auto* fault = reader.member("fault");
  if (fault == nullptr) reader.fail("fault is missing");
  FaultRule rule{reader.text("path").value_or("/"), parse_fault(*fault),
                 reader.integer("times", 0, unlimited).value_or(1), reader.integer("after", 0, unlimited).value_or(0)};
  reader.finish();
  if (rule.fault.resets(ResetPoint::accept) && rule.times == 0) {
    reader.fail("reset on accept for ever would lock out the call that clears it; give times");
  }
  return rule;
}

// Every matching rule counts the request down, also when an older one strikes, so that "after" says
// which request a rule means no matter which other rules there are.
template <class Matches>
Fault FaultRules::strike(Matches matches) {
  auto striking = rules_.end();
  for (auto rule = rules_.begin(); rule != rules_.end(); ++rule) {
    if (matches(*rule) && is_due(*rule) && striking == rules_.end()) striking = rule;
  }
  if (striking == rules_.end()) return {};
  Fault fault = striking->fault;
  if (striking->times == 1) {
    rules_.erase(striking);
  } else if (striking->times > 1) {
    --striking->times;
  }
  return fault;
}

Fault FaultRules::strike_request(std::string_view path) {
  return strike(
      [path](const FaultRule& rule) { return path.starts_with(rule.path) && !rule.fault.resets(ResetPoint::accept); });
}

bool FaultRules::strike_accept() {
  const Fault fault = strike([](const FaultRule& rule) { return rule.fault.resets(ResetPoint::accept); });
  return fault.resets(ResetPoint::accept);
}

boost::json::array FaultRules::list() const {
  boost::json::array list;
  for (const FaultRule& rule : rules_) {
    list.push_back({{"path", rule.path}, {"fault", rule.fault.source}, {"times", rule.times}, {"after", rule.after}});
  }
  return list;
}

}  // namespace messenger::simulator
