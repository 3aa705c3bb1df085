#pragma once

#include <span>

#include "simulator/twilio/resource.hpp"

namespace messenger::simulator::twilio {

/// The calls on the domains of shortened links; an account has every domain that it names.
/// https://www.twilio.com/docs/messaging/features/link-shortening
std::span<const Action> link_shortening();

}  // namespace messenger::simulator::twilio
