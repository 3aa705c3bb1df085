#pragma once

#include "simulator/twilio/resource.hpp"

namespace messenger::simulator::twilio {

/// The account itself, which is the way to check credentials.
/// https://www.twilio.com/docs/iam/api/account
extern const Resource account;

}  // namespace messenger::simulator::twilio
