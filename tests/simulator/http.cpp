#include "simulator/http.hpp"

namespace messenger::simulator {

Response json_response(http::status status, const json::value& body) {
  Response response{status, 11};
  response.set(http::field::content_type, "application/json");
  response.body() = json::serialize(body);
  return response;
}

Response message_response(http::status status, std::string_view message) {
  return json_response(status, {{"message", message}});
}

Response method_not_allowed(std::string_view allowed) {
  Response response = message_response(http::status::method_not_allowed, "Method not allowed");
  response.set(http::field::allow, allowed);
  return response;
}

}  // namespace messenger::simulator
