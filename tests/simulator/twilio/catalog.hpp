#pragma once

#include <span>

#include "simulator/twilio/resource.hpp"

namespace messenger::simulator::twilio {

/// Every resource that is served.
std::span<const Resource* const> resources();

/// Every call that is served beside them.
std::span<const Action* const> actions();

}  // namespace messenger::simulator::twilio
