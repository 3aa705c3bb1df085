// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <exception>
#include <messenger/loader/registry.hpp>
#include <string>

#include "delivery/delivery.hpp"

namespace messenger::host {

/// Starts one attempt, with the message's id as its idempotency key. Gives its ticket, as Registry::send.
std::uint64_t start_send(loader::Registry& registry, const std::string& messenger_id, const OutgoingMessage& message,
                         std::chrono::milliseconds timeout, loader::Completion done);

/// How a message ends that could not be started: certainly not sent.
loader::Result not_started(const std::exception& error);

/// Overwrites what may hold a code.
void wipe_message(OutgoingMessage& message) noexcept;

}  // namespace messenger::host
