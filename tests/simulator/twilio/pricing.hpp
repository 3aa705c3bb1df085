#pragma once

#include "simulator/twilio/resource.hpp"

namespace messenger::simulator::twilio {

/// What messages cost, by country; a small fixed set.
/// https://www.twilio.com/docs/messaging/api/pricing
extern const Resource countries;

}  // namespace messenger::simulator::twilio
