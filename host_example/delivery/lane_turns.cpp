// SPDX-License-Identifier: Apache-2.0
#include "delivery/lane_turns.hpp"

#include <algorithm>

namespace messenger::host {

std::vector<LaneHead> LaneTurns::order(const std::vector<LaneHead>& heads, Priority priority, std::int64_t now) const {
  std::vector<LaneHead> due;
  std::copy_if(heads.begin(), heads.end(), std::back_inserter(due),
               [&](const LaneHead& head) { return head.priority == priority && head.due <= now; });
  std::sort(due.begin(), due.end(), [](const LaneHead& left, const LaneHead& right) { return left.lane < right.lane; });
  if (const auto last = last_.find(priority); last != last_.end()) {
    const auto next =
        std::find_if(due.begin(), due.end(), [&](const LaneHead& head) { return head.lane > last->second; });
    std::rotate(due.begin(), next, due.end());
  }
  return due;
}

}  // namespace messenger::host
