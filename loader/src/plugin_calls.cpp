// SPDX-License-Identifier: Apache-2.0
#include "plugin_calls.hpp"

#include <utility>

#include "instance.hpp"
#include "thread_state.hpp"

namespace messenger::loader {
namespace {

// The plugin broke the ABI's rule; that it can be caught here at all is luck of the same unwinder.
template <class Call>
bool guarded(Instance& instance, const char* thrown, Call call) noexcept {
  try {
    call();
    return true;
  } catch (...) {
    instance.note(Event::plugin_exception, LogLevel::error, thrown);
    return false;
  }
}

void start(const Instance& instance, const Slot& slot) {
  if (slot.call != nullptr) {
    instance.type().operations->call(instance.plugin, &slot.copy.op(), &slot.call->raw());
  } else {
    instance.table().send(instance.plugin, &slot.copy.op(), &slot.copy.message());
  }
}

}  // namespace

bool call_send(Instance& instance, const Slot& slot, std::int64_t start_ns) noexcept {
  const bool is_call = slot.call != nullptr;  // read now: the slot is another's once the plugin has completed the op
  const bool returned =
      guarded(instance, is_call ? "the plugin threw an exception from call" : "the plugin threw an exception from send",
              [&] { start(instance, slot); });
  if (now_ns() - start_ns >= slow_call_ns) {
    instance.note(Event::slow_call, LogLevel::warning,
                  is_call ? "the plugin's call took 5 ms or more" : "the plugin's send took 5 ms or more");
  }
  return returned;
}

bool call_cancel(Instance& instance, std::uint64_t ticket) noexcept {
  if (instance.table().cancel == nullptr) return false;
  const PluginCall inside;
  guarded(instance, "the plugin threw an exception from cancel",
          [&] { instance.table().cancel(instance.plugin, ticket); });
  return true;
}

bool call_stop(Instance& instance, Clock::time_point deadline) noexcept {
  if (instance.table().stop == nullptr) return true;
  const PluginCall inside;
  std::uint32_t done = 0;
  guarded(instance, "the plugin threw an exception from stop",
          [&] { done = instance.table().stop(instance.plugin, static_cast<std::uint64_t>(to_ns(deadline))); });
  return done != 0;
}

bool call_destroy(Instance& instance) noexcept {
  const PluginCall inside;
  return guarded(instance, "the plugin threw an exception from destroy",
                 [&] { instance.table().destroy(std::exchange(instance.plugin, nullptr)); });
}

}  // namespace messenger::loader
