#include "simulator/twilio/error.hpp"

namespace messenger::simulator::twilio {

Response error_response(const Error& error) {
  return json_response(error.status, {{"code", error.code},
                                      {"message", error.message},
                                      {"more_info", "https://www.twilio.com/docs/errors/" + std::to_string(error.code)},
                                      {"status", static_cast<unsigned>(error.status)}});
}

Response unauthenticated() {
  Response response = error_response({20003, "Authenticate", http::status::unauthorized});
  response.set(http::field::www_authenticate, R"(Basic realm="Twilio API")");
  return response;
}

Response not_found(std::string_view path) {
  return error_response(
      {20404, "The requested resource " + std::string{path} + " was not found", http::status::not_found});
}

Response wrong_method(std::string_view allowed) {
  Response response = error_response({20004, "Method not allowed", http::status::method_not_allowed});
  response.set(http::field::allow, allowed);
  return response;
}

}  // namespace messenger::simulator::twilio
