// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "delivery/messages.hpp"
#include "runtime/log.hpp"

namespace messenger::host {

/// What those hear who still wait when the host ends.
constexpr std::string_view host_ended = "The host ended.";

/// Those who wait to hear what becomes of a message. [one thread]
class Waiters {
 public:
  explicit Waiters(const Log& log) : log_(log) {}

  using Done = std::function<void(const Settled&)>;
  struct Waiter {
    std::int64_t until = 0;   ///< epoch ms
    std::int64_t ask_at = 0;  ///< when to look whether another host has sent it
    Done done;
  };

  void add(const std::string& message_id, Waiter waiter) { waiters_.emplace(message_id, std::move(waiter)); }
  bool has(const std::string& message_id) const { return waiters_.contains(message_id); }

  /// What they throw is logged.
  void tell(const std::string& message_id, const Settled& settled);
  /// When the next is to be asked for.
  std::int64_t next() const;
  /// The messages that are to be asked for, and for which of them it is the last time. They are asked for again this
  /// much later.
  std::vector<std::pair<std::string, bool>> due(std::int64_t now, std::int64_t again);
  std::vector<std::string> all() const;

 private:
  const Log& log_;
  std::multimap<std::string, Waiter> waiters_;
};

}  // namespace messenger::host
