#pragma once

#include "simulator/twilio/resource.hpp"

namespace messenger::simulator::twilio {

/// The senders of a messaging service, by kind.
/// https://www.twilio.com/docs/messaging/api/phonenumber-resource and its neighbours
extern const Resource phone_numbers;
extern const Resource service_short_codes;
extern const Resource alpha_senders;
extern const Resource channel_senders;
extern const Resource destination_alpha_senders;

}  // namespace messenger::simulator::twilio
