// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/http.hpp>

#include <chrono>
#include <string_view>

#include "common/verdict.hpp"
#include "twilio/operations/entry.hpp"
#include "twilio/sender.hpp"

namespace messenger::twilio {

/// What Twilio's answer means for an operation (https://www.twilio.com/docs/usage/twilios-response). One that changes
/// nothing is never UNKNOWN: it can be run again. A bad sender is the fault of whoever chose it. Of a list OK says only
/// that its body is a JSON object.
common::Verdict judge(const Entry& entry, const Response& response, std::string_view account_sid, SenderOrigin origin,
                      std::chrono::sys_seconds now);

}  // namespace messenger::twilio
