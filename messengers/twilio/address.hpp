// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace messenger::twilio {

/// prefix and 32 hexadecimal digits (https://www.twilio.com/docs/glossary/what-is-a-sid).
bool is_sid(std::string_view text, std::string_view prefix) noexcept;

/// The SID of a message: any two letters in front, SM or MM today.
bool is_message_sid(std::string_view text) noexcept;

/// "+" and 2 to 15 digits, the first not 0 (https://www.twilio.com/docs/glossary/what-e164).
bool is_e164(std::string_view text) noexcept;

/// "whatsapp:+15005550006", "messenger:1234" (https://www.twilio.com/docs/messaging/channels).
bool is_channel_address(std::string_view text) noexcept;

/// Where a message may go: E.164 or a channel address.
bool is_recipient(std::string_view text) noexcept;

/// Up to 11 characters with a letter among them (https://www.twilio.com/docs/glossary/what-alphanumeric-sender-id).
bool is_alphanumeric_sender(std::string_view text) noexcept;

/// Where a message may come from: as a recipient, a short code or an alphanumeric sender.
bool is_sender(std::string_view text) noexcept;

}  // namespace messenger::twilio
