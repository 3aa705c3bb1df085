#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "simulator/fault.hpp"

namespace messenger::simulator {

/// A fault for requests whose path starts with `path`.
struct FaultRule {
  std::string path;
  Fault fault;
  /// How often it still strikes; 0 = until it is cleared.
  std::int64_t times;
  /// How many matching requests it lets pass first.
  std::int64_t after;
};

/// Reads {"path", "fault", "times", "after"}; throws JsonError.
FaultRule parse_fault_rule(const boost::json::value& source);

/// The rules in force; the oldest that is due strikes.
class FaultRules {
 public:
  void add(FaultRule rule) { rules_.push_back(std::move(rule)); }
  void clear() { rules_.clear(); }

  /// The fault for a request that has arrived; by default none.
  Fault strike_request(std::string_view path);

  /// Whether the connection that was just accepted is to be reset.
  bool strike_accept();

  boost::json::array list() const;

 private:
  template <class Matches>
  Fault strike(Matches matches);

  std::vector<FaultRule> rules_;
};

}  // namespace messenger::simulator
