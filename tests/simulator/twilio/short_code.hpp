#pragma once

#include "simulator/twilio/resource.hpp"

namespace messenger::simulator::twilio {

/// The short codes of an account; every account has the same three.
/// https://www.twilio.com/docs/messaging/api/short-code-resource
extern const Resource short_codes;

/// The account's short code of this SID; null when it has none such.
const Record* find_short_code(ApiCall& call, std::string_view sid);

}  // namespace messenger::simulator::twilio
