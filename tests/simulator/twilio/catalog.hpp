#pragma once

#include <span>
#include <vector>

#include "simulator/twilio/resource.hpp"

namespace messenger::simulator::twilio {

/// Every resource that is served.
std::span<const Resource* const> resources();

/// Every call that is served beside them.
const std::vector<Action>& actions();

}  // namespace messenger::simulator::twilio
