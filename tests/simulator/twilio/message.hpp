#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "simulator/twilio/error.hpp"
#include "simulator/twilio/record.hpp"
#include "simulator/twilio/resource.hpp"

namespace messenger::simulator::twilio {

/// The Message resource.
/// https://www.twilio.com/docs/messaging/api/message-resource
extern const Resource messages;

std::string_view status_of(const Record& message);
std::string_view recipient_of(const Record& message);
/// Empty without a service.
std::string_view service_of(const Record& message);

/// Writes the status and what goes with it; `error` 0 = none.
void set_message_status(Record& message, std::string_view status, std::int64_t error, Instant now);

}  // namespace messenger::simulator::twilio
