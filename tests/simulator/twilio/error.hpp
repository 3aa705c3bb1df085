#pragma once

#include <string>

#include "simulator/http.hpp"

namespace messenger::simulator::twilio {

/// A refusal in Twilio's terms.
struct Error {
  int code;
  std::string message;
  http::status status = http::status::bad_request;
};

/// {"code", "message", "more_info", "status"}.
Response error_response(const Error& error);

/// 401/20003 with the challenge.
Response unauthenticated();

/// 404/20404 for this path.
Response not_found(std::string_view path);

/// 405/20004 with an Allow header.
Response wrong_method(std::string_view allowed);

}  // namespace messenger::simulator::twilio
