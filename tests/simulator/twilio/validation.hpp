#pragma once

#include <optional>

#include "simulator/twilio/api_call.hpp"
#include "simulator/twilio/error.hpp"

namespace messenger::simulator::twilio {

/// The first thing that Twilio would refuse in the call that creates a message; nothing when it is good.
std::optional<Error> validate(const ApiCall& call);

}  // namespace messenger::simulator::twilio
