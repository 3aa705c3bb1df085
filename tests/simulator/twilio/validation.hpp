#pragma once

#include <chrono>
#include <optional>

#include "simulator/form.hpp"
#include "simulator/twilio/error.hpp"

namespace messenger::simulator::twilio {

/// The first thing that Twilio would refuse in the form of a new message; nothing when it is good.
std::optional<Error> validate(const Form& form, std::chrono::system_clock::time_point now);

}  // namespace messenger::simulator::twilio
