// SPDX-License-Identifier: Apache-2.0
// When a thread may run a caller's completion: outside every call into a plugin, and never within another completion.
#ifndef MESSENGER_LOADER_SRC_THREAD_STATE_HPP
#define MESSENGER_LOADER_SRC_THREAD_STATE_HPP

#include <cstddef>
#include <cstdint>
#include <memory>
#include <messenger/loader/message.hpp>

#include "service_calls.hpp"

namespace messenger::loader {

class Core;
class Instance;

/// One answer on its way to its caller. Reused, so that its strings keep their capacity.
struct Delivery {
  Completion completion;
  Result result;
  Instance* instance = nullptr;  ///< whose op it was; null when no messenger was found
  std::uint64_t pins = 0;        ///< of that instance, released once the completion has returned
  std::shared_ptr<Core> core;    ///< set when there is no instance
  Delivery* next = nullptr;
};

/// What the loader knows about the calling thread. A plugin that completes inside send, for a caller that sends again
/// from each completion, would grow the stack with every send; here it grows a queue that is empty again at once.
class ThreadState {
 public:
  ThreadState() = default;
  ThreadState(const ThreadState&) = delete;
  ThreadState& operator=(const ThreadState&) = delete;
  ~ThreadState();

  /// The calling thread's.
  static ThreadState& current() noexcept;

  /// An empty delivery to fill and post.
  Delivery& take();
  /// Runs it now, or after the completion or the call into a plugin that is under way on this thread.
  void post(Delivery& delivery) noexcept;

  void enter_plugin() noexcept { ++plugin_depth_; }
  /// Leaving the outermost call runs what was posted during it.
  void leave_plugin() noexcept;

  /// Whether the thread is inside a completion or a call into a plugin: waiting for a plugin there may never end.
  bool is_inside() const noexcept { return delivering_ || plugin_depth_ != 0 || service_calls.any(); }

  ServiceCalls service_calls;

 private:
  static constexpr std::size_t pool_limit = 64;

  void run() noexcept;
  void recycle(Delivery& delivery) noexcept;

  Delivery *first_ = nullptr, *last_ = nullptr;  // posted
  Delivery* pool_ = nullptr;
  std::size_t pool_size_ = 0;
  unsigned plugin_depth_ = 0;
  bool delivering_ = false;
};

/// Brackets a call into a plugin on this thread.
class PluginCall {
 public:
  PluginCall() noexcept { ThreadState::current().enter_plugin(); }
  PluginCall(const PluginCall&) = delete;
  PluginCall& operator=(const PluginCall&) = delete;
  ~PluginCall() { ThreadState::current().leave_plugin(); }
};

}  // namespace messenger::loader

#endif
