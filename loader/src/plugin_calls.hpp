// SPDX-License-Identifier: Apache-2.0
// Calls into a plugin's instance: what it throws ends here, and a slow call is counted.
#ifndef MESSENGER_LOADER_SRC_PLUGIN_CALLS_HPP
#define MESSENGER_LOADER_SRC_PLUGIN_CALLS_HPP

#include <cstdint>

#include "clock.hpp"
#include "slots.hpp"

namespace messenger::loader {

class Instance;

/// False when the plugin threw. `start` is when the caller's send began.
bool call_send(Instance& instance, const Slot& slot, std::int64_t start) noexcept;

/// Hints to the plugin that this op should end. False when it takes no such hint.
bool call_cancel(Instance& instance, std::uint64_t ticket) noexcept;

/// True when the plugin's threads have ended, or it offers no stop.
bool call_stop(Instance& instance, Clock::time_point deadline) noexcept;

/// True when the plugin's instance is gone.
bool call_destroy(Instance& instance) noexcept;

}  // namespace messenger::loader

#endif
