#pragma once

#include <cstddef>
#include <string_view>

#include "simulator/http.hpp"
#include "simulator/twilio/api_call.hpp"

namespace messenger::simulator::twilio {

/// Whether the path is one of Twilio's: those of api.twilio.com, messaging.twilio.com and pricing.twilio.com do not
/// collide, so that one server stands in for all three.
bool is_twilio_path(std::string_view path);

/// Twilio's messaging APIs.
class Api {
 public:
  /// What the world refers to must outlive the API. `scheme` is http or https.
  Api(World world, std::string_view scheme) : world_{world}, scheme_{scheme} {}

  /// `in_flight` is what Twilio-Concurrent-Requests tells.
  Response handle(const Request& request, std::size_t in_flight);

 private:
  Response route(const Request& request);

  World world_;
  std::string_view scheme_;
};

}  // namespace messenger::simulator::twilio
