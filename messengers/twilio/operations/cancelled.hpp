// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <mutex>
#include <unordered_map>

namespace messenger::twilio {

/// Which of the calls under way are to end soon, for those that make several requests. Any thread; the lock is held for
/// a look-up only.
class Cancelled {
 public:
  void begin(std::uint64_t ticket) {
    const std::lock_guard lock(mutex_);
    marked_.emplace(ticket, false);
  }
  void end(std::uint64_t ticket) {
    const std::lock_guard lock(mutex_);
    marked_.erase(ticket);
  }
  void mark(std::uint64_t ticket) {
    const std::lock_guard lock(mutex_);
    if (const auto at = marked_.find(ticket); at != marked_.end()) {
      at->second = true;
    }
  }
  [[nodiscard]] bool is_marked(std::uint64_t ticket) {
    const std::lock_guard lock(mutex_);
    const auto at = marked_.find(ticket);
    return at != marked_.end() && at->second;
  }

 private:
  std::mutex mutex_;
  std::unordered_map<std::uint64_t, bool> marked_;  // guarded by mutex_
};

}  // namespace messenger::twilio
