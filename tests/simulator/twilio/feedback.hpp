#pragma once

#include "simulator/twilio/resource.hpp"

namespace messenger::simulator::twilio {

/// What a user says about a message: POST …/Messages/{SID}/Feedback.json.
/// https://www.twilio.com/docs/messaging/api/message-feedback-resource
extern const Action feedback;

}  // namespace messenger::simulator::twilio
