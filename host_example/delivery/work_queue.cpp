// SPDX-License-Identifier: Apache-2.0
#include "delivery/work_queue.hpp"

#include <pthread.h>

namespace messenger::host {

WorkQueue::WorkQueue(const char* name) : thread_([this] { run(); }) {
  ::pthread_setname_np(thread_.native_handle(), name);
}

WorkQueue::~WorkQueue() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void WorkQueue::post(std::function<void()> work) {
  {
    const std::lock_guard lock(mutex_);
    work_.push_back(std::move(work));
  }
  changed_.notify_one();
}

void WorkQueue::post_after(std::chrono::milliseconds delay, std::function<void()> work) {
  {
    const std::lock_guard lock(mutex_);
    later_.emplace(Clock::now() + delay, std::move(work));
  }
  changed_.notify_one();
}

// Until there is work, or the end. What has become due goes behind what waits.
void WorkQueue::wait(std::unique_lock<std::mutex>& lock) {
  while (true) {
    const auto now = Clock::now();
    while (!ending_ && !later_.empty() && later_.begin()->first <= now) {
      work_.push_back(std::move(later_.extract(later_.begin()).mapped()));
    }
    if (ending_ || !work_.empty()) {
      return;
    }
    if (later_.empty()) {
      changed_.wait(lock);
    } else {
      changed_.wait_until(lock, later_.begin()->first);
    }
  }
}

void WorkQueue::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wait(lock);
    if (work_.empty()) {
      return;
    }
    auto next = std::move(work_.front());
    work_.pop_front();
    lock.unlock();
    next();
    next = nullptr;  // what it holds goes before the lock is held again
    lock.lock();
  }
}

}  // namespace messenger::host
