// SPDX-License-Identifier: Apache-2.0
#include "delivery/event_limit.hpp"

#include <algorithm>

namespace messenger::host {

EventLimit::EventLimit(std::int64_t entries)
    : entries_(entries), interval_(std::clamp<std::int64_t>(entries / 10, 1, 100)) {}

void EventLimit::trim(EventLog& events) {
  if (written_.fetch_add(1) % interval_ == 0) {
    events.retain(entries_);
  }
}

}  // namespace messenger::host
