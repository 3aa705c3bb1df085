// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/receipts.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace messenger::twilio {

/// What a status callback tells (https://www.twilio.com/docs/messaging/guides/track-outbound-message-status).
struct StatusEvent {
  Status status = Status::other;
  std::string message_sid{};
  std::string word{};        ///< Twilio's own for the status
  std::string error_code{};  ///< digits; empty = none
};

/// What one of Twilio's 13 statuses means; a word that is newer than this code is Status::other.
Status status_of(std::string_view word) noexcept;

/// Reads a callback's form. Nothing when it does not name a message and a status, or names two. Takes any bytes.
std::optional<StatusEvent> read_status_event(std::string_view form);
/// The same of a JSON object with the form's names.
std::optional<StatusEvent> read_json_status_event(std::string_view json);

/// Verifies a callback with each of the tokens, and tells its event.
Reading read_callback(const Callback& callback, std::span<const std::string_view> tokens, Receipts receipts);

}  // namespace messenger::twilio
