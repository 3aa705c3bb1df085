// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "transfer.hpp"

namespace messenger::http {

/// Idle transfers. The one used last is used next: what it needs is still in the processor's cache. [any thread]
class TransferPool {
 public:
  /// Null when there is none.
  std::unique_ptr<Transfer> take() noexcept {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) {
      return nullptr;
    }
    auto transfer = std::move(idle_.back());
    idle_.pop_back();
    return transfer;
  }
  /// Keeps it, unless there are `most` already.
  void put(std::unique_ptr<Transfer> transfer, std::size_t most) noexcept {
    try {
      const std::lock_guard lock(mutex_);
      if (idle_.size() < most) {
        idle_.push_back(std::move(transfer));
      }
    } catch (...) {  // no memory to keep it: it goes
    }
  }
  /// Lets go of what served this endpoint last: libcurl has a copy of its URL, too.
  void forget(std::uint64_t endpoint) noexcept {
    const std::lock_guard lock(mutex_);
    std::erase_if(idle_, [endpoint](const auto& transfer) { return transfer->served() == endpoint; });
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<Transfer>> idle_;
};

}  // namespace messenger::http
