#pragma once

#include <string_view>

#include "simulator/twilio/resource.hpp"

namespace messenger::simulator::twilio {

/// Which US numbers were given back on a day: GET /v1/Deactivations?Date= leads to a file.
/// https://www.twilio.com/docs/messaging/api/deactivations-resource
extern const Action deactivations;

/// Where those files are; they need no credentials, as Twilio's do not.
inline constexpr std::string_view deactivation_files = "/deactivations/";

/// The file of a day at such a path: one number a line.
Response deactivation_file(std::string_view path);

}  // namespace messenger::simulator::twilio
