// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>

namespace messenger::host {

/// One at a time, in the order in which they came, who waits for a while at most: a thread that takes turn after turn
/// keeps nobody out. Not a timed_mutex: that knows no order, and gcc 12's thread sanitizer does not see how it waits,
/// and reports everything that it guards. [any thread]
class Turn {
 public:
  /// False when the turn did not come within this time; else give() is owed.
  bool take(std::chrono::milliseconds within) {
    std::unique_lock lock(mutex_);
    const std::uint64_t own = next_++;
    waiting_.push_back(own);
    const bool came = given_.wait_for(lock, within, [&] { return !taken_ && waiting_.front() == own; });
    waiting_.erase(std::find(waiting_.begin(), waiting_.end(), own));
    taken_ = taken_ || came;
    if (!came) {
      given_.notify_all();  // it may have been the first
    }
    return came;
  }
  void give() {
    {
      const std::lock_guard lock(mutex_);
      taken_ = false;
    }
    given_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable given_;
  bool taken_ = false;                 // guarded by mutex_
  std::uint64_t next_ = 0;             // guarded by mutex_
  std::deque<std::uint64_t> waiting_;  // guarded by mutex_; who came first is first
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
