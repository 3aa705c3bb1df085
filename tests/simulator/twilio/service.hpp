#pragma once

#include "simulator/twilio/resource.hpp"

namespace messenger::simulator::twilio {

/// Messaging services.
/// https://www.twilio.com/docs/messaging/api/service-resource
extern const Resource services;

/// What a service may be for: GET /v1/Services/Usecases.
extern const Action usecases;

}  // namespace messenger::simulator::twilio
