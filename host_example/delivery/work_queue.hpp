// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
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

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> work_;  // guarded by mutex_
  bool ending_ = false;                     // guarded by mutex_
  std::thread thread_;
};

}  // namespace messenger::host
