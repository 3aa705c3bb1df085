// SPDX-License-Identifier: Apache-2.0
// Who may answer an op, and that it is answered once.
#ifndef MESSENGER_LOADER_SRC_COMPLETION_HPP
#define MESSENGER_LOADER_SRC_COMPLETION_HPP

#include <messenger/plugin.h>

#include <cstdint>
#include <messenger/loader/outcome.hpp>
#include <string_view>

#include "slots.hpp"

namespace messenger::loader {

class Instance;

/// host->complete: answers the caller, or counts why it does not. [any thread]
void complete_from_plugin(Instance& instance, std::uint64_t ticket, std::int32_t outcome,
                          const msgr_result* result) noexcept;

/// The plugin will not complete this op, because its send threw or was not called: this is its end, unless the plugin
/// completed it before.
void complete_for_plugin(Instance& instance, Slot& slot, std::uint64_t ticket, Outcome outcome,
                         std::string_view detail) noexcept;

/// The plugin has returned from this op's send: what was completed meanwhile can be answered now. Releases the pin that
/// the caller held for the call.
void complete_returned_send(Instance& instance, Slot& slot, std::uint64_t ticket) noexcept;

/// The caller has taken an output of this op: what was completed meanwhile can be answered now. Releases the pin that
/// the caller held for it.
void output_returned(Instance& instance, Slot& slot, std::uint64_t ticket) noexcept;

/// Why the loader answers in a plugin's place.
enum class InPlace : std::uint8_t { deadline, parked };

/// Answers a caller in the plugin's place: the plugin's own result when it is there and only its send never returned,
/// else UNKNOWN. The op itself stays open until the plugin completes it. False when the caller has, or is about to
/// have, its answer. [any thread that keeps the instance's memory]
bool answer_for_plugin(Instance& instance, Slot& slot, std::uint64_t ticket, InPlace why) noexcept;

}  // namespace messenger::loader

#endif
