// SPDX-License-Identifier: Apache-2.0
#include "twilio/sender.hpp"

#include "twilio/address.hpp"

namespace messenger::twilio {
namespace {

// The attributes have been checked; message.from has not.
std::optional<Refusal> from_message(const Message& message, const Wanted& wanted, Sender& sender) {
  sender.origin = SenderOrigin::message;
  sender.service_sid = wanted.service_sid;
  if (!sender.service_sid.empty()) {
    return std::nullopt;
  }
  if (!message.from().empty() && !wanted.from.empty() && message.from() != wanted.from) {
    return Refusal{Outcome::rejected, "The message names two different senders."};
  }
  sender.from = message.from().empty() ? wanted.from : message.from();
  if (is_sender(sender.from)) {
    return std::nullopt;
  }
  return Refusal{Outcome::rejected, "The message's sender is no number, short code, alphanumeric or channel sender."};
}

}  // namespace

std::optional<Refusal> configured_sender(const Config& config, Sender& sender) {
  sender.origin = SenderOrigin::configuration;
  sender.service_sid = config.service_sid;
  if (!sender.service_sid.empty()) {
    if (is_sid(sender.service_sid, "MG")) {
      return std::nullopt;
    }
    return Refusal{Outcome::config, "messagingServiceSid is not MG and 32 hexadecimal digits."};
  }
  sender.from = config.from;
  if (sender.from.empty()) {
    return Refusal{Outcome::config, "Neither fromPhoneNumber nor messagingServiceSid is configured."};
  }
  if (is_sender(sender.from)) {
    return std::nullopt;
  }
  return Refusal{Outcome::config, "fromPhoneNumber is no E.164 number, short code, alphanumeric or channel sender."};
}

std::optional<Refusal> choose_sender(const Config& config, const Message& message, const Wanted& wanted,
                                     Sender& sender) {
  const bool named = !wanted.service_sid.empty() || !wanted.from.empty() || !message.from().empty();
  return named ? from_message(message, wanted, sender) : configured_sender(config, sender);
}

std::string_view credentials_problem(const Config& config) noexcept {
  if (!is_sid(config.account_sid, "AC")) {
    return "accountSID is not AC and 32 hexadecimal digits.";
  }
  if (!config.api_key_sid.empty()) {
    return is_sid(config.api_key_sid, "SK") ? "" : "apiKeySid is not SK and 32 hexadecimal digits.";
  }
  return config.auth_token.empty() ? "Neither authToken nor an API key is configured." : "";
}

}  // namespace messenger::twilio
