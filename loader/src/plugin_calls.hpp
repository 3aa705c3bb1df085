// SPDX-License-Identifier: Apache-2.0
// Calls into a plugin's instance: what it throws ends here, and a slow call is counted.
#ifndef MESSENGER_LOADER_SRC_PLUGIN_CALLS_HPP
#define MESSENGER_LOADER_SRC_PLUGIN_CALLS_HPP

#include <cstdint>
#include <messenger/loader/receipt.hpp>
#include <vector>

#include "clock.hpp"
#include "slots.hpp"

namespace messenger::loader {

class Instance;

/// Starts the slot's send or call. False when the plugin threw. `start_ns` is when the caller's part of it began.
bool call_send(Instance& instance, const Slot& slot, std::int64_t start_ns) noexcept;

/// What the plugin makes of a callback; a number that does not exist, or an exception, is no genuine one.
Reading call_read(Instance& instance, const Callback& callback, std::vector<Receipt>& receipts) noexcept;

/// Hints to the plugin that this op should end. False when it takes no such hint.
bool call_cancel(Instance& instance, std::uint64_t ticket) noexcept;

/// True when the plugin's threads have ended, or it offers no stop.
bool call_stop(Instance& instance, Clock::time_point deadline) noexcept;

/// True when the plugin's instance is gone.
bool call_destroy(Instance& instance) noexcept;

}  // namespace messenger::loader

#endif
