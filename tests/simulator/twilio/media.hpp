#pragma once

#include "simulator/twilio/resource.hpp"

namespace messenger::simulator::twilio {

/// The Media of a message.
/// https://www.twilio.com/docs/messaging/api/media-resource
extern const Resource media;

/// Makes the media of a new message, one for each MediaUrl.
void add_media(const ApiCall& call, const Record& message);

}  // namespace messenger::simulator::twilio
