// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "twilio/operations/input.hpp"

namespace messenger::twilio {

/// One sender, something to send, and a time that Twilio takes.
std::optional<Refusal> check_new_message(const Input& input, std::chrono::sys_seconds now);

/// Exactly one of Body and Status.
std::optional<Refusal> check_message_update(const Input& input, std::chrono::sys_seconds now);

/// A time to search in.
std::optional<Refusal> check_search(const Input& input, std::chrono::sys_seconds now);

}  // namespace messenger::twilio
