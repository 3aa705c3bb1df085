// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>

#include "store/event_log.hpp"

namespace messenger::host {

/// Keeps the event log at about this many of its newest entries. [any thread]
class EventLimit {
 public:
  explicit EventLimit(std::int64_t entries);

  /// To be called in each transaction that has written; trims now and then.
  void trim(EventLog& events);

 private:
  const std::int64_t entries_, interval_;
  std::atomic<std::int64_t> written_{0};
};

}  // namespace messenger::host
