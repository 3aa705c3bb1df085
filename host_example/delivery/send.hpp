// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <messenger/loader/registry.hpp>
#include <string>

#include "delivery/delivery.hpp"

namespace messenger::host {

/// Starts one attempt, with the message's id as its idempotency key.
void start_send(loader::Registry& registry, const std::string& messenger_id, const OutgoingMessage& message,
                std::chrono::milliseconds timeout, loader::Completion done);

/// Overwrites what may hold a code.
void wipe_message(OutgoingMessage& message) noexcept;

}  // namespace messenger::host
