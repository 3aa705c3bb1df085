#include "simulator/twilio/deactivation.hpp"

#include <string>

namespace messenger::simulator::twilio {
namespace {

constexpr std::string_view file_ending = ".txt";

bool is_past_day(const std::string& day) {
  return is_day(day) && day <= day_of(std::chrono::system_clock::now());
}

Response lead_to_file(ApiCall& call) {
  const std::string day{call.query.get("Date").substr(0, 10)};
  if (!is_past_day(day)) return error_response({20001, "Date must be a day, as in 2023-08-24, and not in the future"});
  const std::string url = call.host + std::string{deactivation_files} + day + std::string{file_ending};
  Response response = json_response(http::status::temporary_redirect, {{"redirect_to", url}});
  response.set(http::field::location, url);
  return response;
}

// The same numbers for the same day, others for another: made from its digits.
std::string numbers_of(const std::string& day) {
  const std::string digits = day.substr(2, 2) + day.substr(5, 2) + day.substr(8, 2);
  std::string lines;
  for (const char last : {'1', '2', '3'}) lines += "1555" + digits + last + "\n";
  return lines;
}

}  // namespace

const Action deactivations{"/v1/Deactivations", http::verb::get, lead_to_file};

Response deactivation_file(std::string_view path) {
  const std::string day{path.substr(deactivation_files.size(), 10)};
  const bool whole = path == std::string{deactivation_files} + day + std::string{file_ending};
  if (!whole || !is_past_day(day)) return not_found(path);
  Response response{http::status::ok, 11};
  response.set(http::field::content_type, "text/plain");
  response.body() = numbers_of(day);
  return response;
}

}  // namespace messenger::simulator::twilio
