#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace messenger::simulator::twilio {

/// The parameters of a callback, in the order in which they are sent.
using Parameters = std::vector<std::pair<std::string, std::string>>;

/// X-Twilio-Signature of a callback whose parameters are a form; of one with another body give none.
/// https://www.twilio.com/docs/usage/security#validating-requests
std::string sign(std::string_view token, std::string_view url, Parameters parameters);

/// What stands in bodySHA256.
std::string sha256_hex(std::string_view text);

}  // namespace messenger::simulator::twilio
