// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_LOADER_SRC_WAITER_HPP
#define MESSENGER_LOADER_SRC_WAITER_HPP

#include <condition_variable>
#include <messenger/loader/error.hpp>
#include <messenger/loader/message.hpp>
#include <mutex>
#include <optional>
#include <utility>

#include "thread_state.hpp"

namespace messenger::loader {

/// Starts with a completion and waits for it, on the stack of the thread that waits. Throws Error (would_block) inside
/// a completion or a call into a plugin.
template <class Start>
Result wait_for(Start start) {
  if (ThreadState::current().is_inside()) {
    throw Error(Error::Kind::would_block, "waiting inside a completion or a call into a plugin would never end");
  }
  std::mutex mutex;
  std::condition_variable answered;
  std::optional<Result> result;
  start([&](const Result& given) {
    const std::lock_guard lock(mutex);
    result = given;
    answered.notify_one();  // under the lock: the waiter may be gone right after
  });
  std::unique_lock lock(mutex);
  answered.wait(lock, [&] { return result.has_value(); });
  return std::move(*result);
}

}  // namespace messenger::loader

#endif
