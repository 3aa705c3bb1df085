#pragma once

#include <string_view>

namespace messenger::simulator::twilio {

/// E.164, or an address of the channels whatsapp: and messenger:.
bool is_recipient(std::string_view text);

/// What may stand in From: a recipient's form, a short code or an alphanumeric sender ID.
bool is_sender(std::string_view text);

/// At most 11 characters, one of them a letter.
/// https://www.twilio.com/docs/glossary/what-alphanumeric-sender-id
bool is_alphanumeric_sender(std::string_view text);

}  // namespace messenger::simulator::twilio
