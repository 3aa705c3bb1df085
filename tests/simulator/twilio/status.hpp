#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace messenger::simulator::twilio {

/// What a message becomes after a step; nothing further when `status` is empty.
struct Next {
  std::string_view status;
  /// 0 = no error.
  std::int64_t error = 0;
};

/// The status that comes after this one for a message to that recipient.
/// +155500CCCCC ends undelivered with error CCCCC, +155501CCCCC failed with it, +155502NNNNN stays sent.
Next next_status(std::string_view status, std::string_view recipient);

/// Whether it is one of the 13 statuses of a message.
bool is_status(std::string_view status);

/// Whether Twilio is done with a message of this status, so that it can be deleted.
bool is_finished(std::string_view status);

/// Whether a message of this status can still be canceled.
bool is_cancelable(std::string_view status);

/// Twilio's words for a delivery error.
std::string error_text(std::int64_t code);

}  // namespace messenger::simulator::twilio
