#pragma once

#include <optional>
#include <string_view>

#include "simulator/twilio/error.hpp"

namespace messenger::simulator::twilio {

/// What Twilio's magic number refuses as a sender; nothing for any other number.
/// https://www.twilio.com/docs/iam/test-credentials
std::optional<Error> check_test_sender(std::string_view from);

/// The same for a recipient.
std::optional<Error> check_test_recipient(std::string_view to);

}  // namespace messenger::simulator::twilio
