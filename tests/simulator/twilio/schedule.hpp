#pragma once

#include <optional>

#include "simulator/form.hpp"
#include "simulator/twilio/error.hpp"
#include "simulator/twilio/instant.hpp"

namespace messenger::simulator::twilio {

/// What is wrong with SendAt and ScheduleType; nothing when both are good or absent.
/// https://www.twilio.com/docs/messaging/features/message-scheduling
std::optional<Error> check_schedule(const Form& form, Instant now);

}  // namespace messenger::simulator::twilio
