// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "delivery/dispatcher.hpp"
#include "delivery/recorder.hpp"
#include "delivery/waiters.hpp"

namespace messenger::host {

/// What other threads have for the dispatcher's.
struct DispatchMail {
  bool accepted = false;   ///< messages were, by this host
  bool is_urgent = false;  ///< a code is among what was accepted or has ended
  bool look = false;       ///< messages may be due
  bool stop = false, end = false;
  std::vector<std::promise<void>> stopped;  ///< told once nothing is leased any more
  std::vector<Ending> endings;
  std::vector<std::string> cancelled, changed;  ///< ids of messages; of messengers
  std::vector<std::pair<std::string, Waiters::Waiter>> waiters;
  std::optional<Dispatcher::Options> options;

  /// More of the same may be waited for: attempts that have ended, and messages that were accepted.
  bool may_wait() const noexcept {
    return !is_urgent && !look && !stop && !end && stopped.empty() && cancelled.empty() && changed.empty() &&
           waiters.empty() && !options;
  }
};

/// Where it waits. Nothing in it blocks. [any thread]
class DispatchInbox {
 public:
  /// `write` changes the mail. False: it is closed, and nothing was done.
  template <class Write>
  bool put(Write write) {
    {
      const std::lock_guard lock(mutex_);
      if (is_closed_) {
        return false;
      }
      write(mail_);
      has_mail_ = true;
      if (is_gathering_ && !is_enough()) {
        return true;
      }
    }
    changed_.notify_one();
    return true;
  }

  /// Until so many attempts have ended, none has for a while, or there is something else that may not wait; who brings
  /// what is not enough wakes nobody.
  void gather(std::chrono::steady_clock::time_point until, std::size_t endings) {
    std::unique_lock lock(mutex_);
    is_gathering_ = true;
    enough_ = endings;
    for (bool goes_on = true; goes_on && !is_enough();) {
      const std::size_t before = mail_.endings.size();
      const auto next = std::min(until, std::chrono::steady_clock::now() + longest_silence);
      changed_.wait_until(lock, next, [this] { return is_enough(); });
      goes_on = next != until && mail_.endings.size() > before;
    }
    is_gathering_ = false;
  }

  /// Takes what there is, once there is some or after this time.
  DispatchMail take(std::chrono::milliseconds within) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, within, [this] { return has_mail_; });
    has_mail_ = false;
    return std::exchange(mail_, {});
  }

  /// Takes what there is; nothing comes behind it.
  DispatchMail close() {
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
    return std::exchange(mail_, {});
  }

 private:
  static constexpr std::chrono::milliseconds longest_silence{1};  // between two attempts' ends, while more are gathered

  bool is_enough() const noexcept { return mail_.endings.size() >= enough_ || !mail_.may_wait(); }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_gathering_ = false;                  // guarded by mutex_
  std::size_t enough_ = 0;                     // guarded by mutex_
  DispatchMail mail_;                          // guarded by mutex_
  bool has_mail_ = false, is_closed_ = false;  // guarded by mutex_
};

}  // namespace messenger::host
