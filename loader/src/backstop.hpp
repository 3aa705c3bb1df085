// SPDX-License-Identifier: Apache-2.0
// The caller has its answer by the deadline, whatever the plugin does.
#ifndef MESSENGER_LOADER_SRC_BACKSTOP_HPP
#define MESSENGER_LOADER_SRC_BACKSTOP_HPP

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <limits>
#include <mutex>

namespace messenger::loader {

class InstanceList;

/// The work of the thread `msgr-deadline`, which calls no plugin. It sleeps until the earliest deadline that a send has
/// announced; an op that is completed in time costs it nothing, as deadlines are looked at only on waking.
class Backstop {
 public:
  /// An op with this deadline is in flight. [any thread]
  void lower(std::int64_t answer_by) noexcept;

  /// Runs until stop().
  void run(const InstanceList& instances);
  void stop() noexcept;

 private:
  static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

  bool lower_wake(std::int64_t time) noexcept;
  void sleep(std::unique_lock<std::mutex>& lock, std::int64_t until);

  std::atomic<std::int64_t> wake_{never};
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
};

}  // namespace messenger::loader

#endif
