#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace messenger::simulator {

/// What goes wrong with the next callbacks.
class CallbackFaults {
 public:
  /// Reads {"fault", "times"}: duplicate, reorder, forge or json, for so many callbacks (1; 0 = until cleared).
  /// Throws JsonError.
  void add(const boost::json::value& source);
  void clear() { rules_.clear(); }

  /// Whether this fault strikes now, which it then uses up.
  bool strike(std::string_view fault);

  boost::json::array list() const;

 private:
  struct Rule {
    std::string fault;
    std::int64_t times;
  };

  std::vector<Rule> rules_;
};

}  // namespace messenger::simulator
