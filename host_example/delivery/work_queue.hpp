// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

namespace messenger::host {

/// A thread that runs what it is given, in order.
class WorkQueue {
 public:
  /// `name` as the system shows the thread: at most 15 characters.
  explicit WorkQueue(const char* name);
  WorkQueue(const WorkQueue&) = delete;
  WorkQueue& operator=(const WorkQueue&) = delete;
  /// Runs what is left, then ends the thread.
  ~WorkQueue();

  /// `work` throws nothing. [any thread]
  void post(std::function<void()> work);
  /// The same, not before this long; what is not due when the queue ends is dropped. [any thread]
  void post_after(std::chrono::milliseconds delay, std::function<void()> work);

 private:
  using Clock = std::chrono::steady_clock;

  void run();
  void wait(std::unique_lock<std::mutex>& lock);

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> work_;                         // guarded by mutex_
  std::multimap<Clock::time_point, std::function<void()>> later_;  // guarded by mutex_; by when it is due
  bool ending_ = false;                                            // guarded by mutex_
  std::thread thread_;
};

}  // namespace messenger::host
