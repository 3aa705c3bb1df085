// SPDX-License-Identifier: Apache-2.0
// One send, from its checks to the plugin.
#ifndef MESSENGER_LOADER_SRC_SENDING_HPP
#define MESSENGER_LOADER_SRC_SENDING_HPP

#include <cstdint>
#include <memory>
#include <messenger/loader/message.hpp>
#include <string>
#include <string_view>

#include "call_copy.hpp"

namespace messenger::loader {

class Core;
class Instance;

/// Pins that a send takes over: one for the op, one for the call into the plugin.
inline constexpr std::uint64_t send_pins = 2;

/// Starts the attempt on this instance, on which the caller holds send_pins for it. With a call it is that which is
/// started, and the message is an empty one. The ticket, or 0 when refused.
std::uint64_t start_send(Instance& instance, const Message& message, const SendOptions& options, Completion&& done,
                         std::unique_ptr<CallCopy> call = nullptr);

/// Answers an attempt on which the caller holds send_pins and which the plugin is not to see.
std::uint64_t refuse(Instance& instance, Outcome outcome, std::string_view detail, Completion&& done);

/// Answers a send that found no messenger.
void refuse_send(const std::shared_ptr<Core>& core, Outcome outcome, std::string_view detail, Completion&& done);

}  // namespace messenger::loader

#endif
