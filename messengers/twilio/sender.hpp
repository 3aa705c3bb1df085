// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/message.hpp>

#include <optional>
#include <string_view>

#include "twilio/config.hpp"
#include "twilio/parameters.hpp"

namespace messenger::twilio {

/// Who chose the sender: a bad one is the configuration's fault or the message's.
enum class SenderOrigin { configuration, message };

/// From or a Messaging Service, never both; views into the message or the configuration.
struct Sender {
  std::string_view service_sid{};
  std::string_view from{};
  SenderOrigin origin = SenderOrigin::configuration;
};

/// The configuration's sender: a service before a number.
std::optional<Refusal> configured_sender(const Config& config, Sender& sender);

/// Picks the sender: the message's before the configuration's, and a service before a number.
std::optional<Refusal> choose_sender(const Config& config, const Message& message, const Wanted& wanted,
                                     Sender& sender);

/// What keeps every message from being sent with this configuration's account and credentials; empty = nothing.
std::string_view credentials_problem(const Config& config) noexcept;

}  // namespace messenger::twilio
