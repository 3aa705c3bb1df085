// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace messenger::host {

/// Counts what has begun and not ended. [any thread]
class OpenCount {
 public:
  void begin() {
    const std::lock_guard lock(mutex_);
    ++open_;
  }
  void end() {
    const std::lock_guard lock(mutex_);
    --open_;
    none_.notify_all();  // under the lock: the waiter may be gone right after
  }
  void wait_for_none() {
    std::unique_lock lock(mutex_);
    none_.wait(lock, [this] { return open_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable none_;
  std::size_t open_ = 0;  // guarded by mutex_
};

/// Begins; ends when it goes, unless it was handed on to what will call end().
class Begun {
 public:
  explicit Begun(OpenCount& count) : count_(&count) { count.begin(); }
  Begun(const Begun&) = delete;
  Begun& operator=(const Begun&) = delete;
  ~Begun() {
    if (count_ != nullptr) {
      count_->end();
    }
  }
  void hand_on() noexcept { count_ = nullptr; }

 private:
  OpenCount* count_;
};

}  // namespace messenger::host
