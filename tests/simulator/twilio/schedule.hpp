#pragma once

#include <chrono>
#include <optional>

#include "simulator/form.hpp"
#include "simulator/twilio/error.hpp"

namespace messenger::simulator::twilio {

/// What is wrong with SendAt and ScheduleType; nothing when both are good or absent.
/// https://www.twilio.com/docs/messaging/features/message-scheduling
std::optional<Error> check_schedule(const Form& form, std::chrono::system_clock::time_point now);

}  // namespace messenger::simulator::twilio
