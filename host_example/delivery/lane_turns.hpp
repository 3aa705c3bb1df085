// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "store/outbox.hpp"

namespace messenger::host {

/// Whose turn it is: lanes of one priority are served round robin, each beginning behind the one served last, so that a
/// long lane holds up none of the others. [one thread]
class LaneTurns {
 public:
  /// The lanes of this priority that are due by then, in the order of their turns.
  std::vector<LaneHead> order(const std::vector<LaneHead>& heads, Priority priority, std::int64_t now) const;
  void served(const LaneHead& lane) { last_[lane.priority] = lane.lane; }

 private:
  std::map<Priority, std::string> last_;
};

}  // namespace messenger::host
