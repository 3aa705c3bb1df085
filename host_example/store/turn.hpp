// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace messenger::host {

/// One at a time, who waits for a while at most. Not a timed_mutex: gcc 12's thread sanitizer does not see how that
/// waits, and reports everything that it guards. [any thread]
class Turn {
 public:
  /// False when the turn did not come within this time; else give() is owed.
  bool take(std::chrono::milliseconds within) {
    std::unique_lock lock(mutex_);
    if (!given_.wait_for(lock, within, [this] { return !taken_; })) {
      return false;
    }
    taken_ = true;
    return true;
  }
  void give() {
    {
      const std::lock_guard lock(mutex_);
      taken_ = false;
    }
    given_.notify_one();
  }

 private:
  std::mutex mutex_;
  std::condition_variable given_;
  bool taken_ = false;  // guarded by mutex_
};

/// Takes a turn, and gives it back when it goes.
class OwnTurn {
 public:
  OwnTurn(Turn& turn, std::chrono::milliseconds within) : turn_(turn), taken_(turn.take(within)) {}
  OwnTurn(const OwnTurn&) = delete;
  OwnTurn& operator=(const OwnTurn&) = delete;
  ~OwnTurn() {
    if (taken_) {
      turn_.give();
    }
  }
  [[nodiscard]] bool taken() const noexcept { return taken_; }

 private:
  Turn& turn_;
  const bool taken_;
};

}  // namespace messenger::host
