// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/http.hpp>

#include <chrono>
#include <string_view>

#include "common/verdict.hpp"
#include "twilio/sender.hpp"

namespace messenger::twilio {

/// What Twilio's answer means: https://www.twilio.com/docs/usage/twilios-response and
/// https://www.twilio.com/docs/messaging/api/message-resource#message-properties
common::Verdict classify(const Response& response, std::string_view account_sid, SenderOrigin origin,
                         std::chrono::sys_seconds now) noexcept;

}  // namespace messenger::twilio
