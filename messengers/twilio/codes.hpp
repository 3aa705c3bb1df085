// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace messenger::twilio {

/// What an error code of Twilio's means for a send.
enum class Meaning {
  retry,        ///< not processed
  retry_later,  ///< not processed, and not soon
  rejected,     ///< this message or this destination
  config,       ///< the account or its credentials
  sender,       ///< the sender: the fault of whoever chose it
  unknown       ///< Twilio failed; it may have taken the message
};

/// The pause after retry_later: the queue of 21611 holds ten hours, and an hour is a fair next try.
constexpr std::uint64_t full_queue_ms = 3'600'000;

struct CodeMeaning {
  std::uint32_t code;
  Meaning meaning;
  std::string_view detail;  ///< our own words
};

/// The meaning of an error code (https://www.twilio.com/docs/api/errors); nullptr for one that is judged by the status.
const CodeMeaning* meaning_of(std::uint32_t code) noexcept;

}  // namespace messenger::twilio
