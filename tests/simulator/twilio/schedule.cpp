#include "simulator/twilio/schedule.hpp"

#include <string>

namespace messenger::simulator::twilio {
namespace {

bool is_in_window(Instant when, Instant now) {
  return when >= now + std::chrono::minutes{15} && when <= now + std::chrono::days{35};
}

}  // namespace

std::optional<Error> check_schedule(const Form& form, Instant now) {
  const std::string_view type = form.get("ScheduleType");
  const std::string send_at{form.get("SendAt")};
  if (type.empty() && send_at.empty()) return std::nullopt;
  if (type != "fixed") return Error{35126, "The ScheduleType value provided is not supported for this channel."};
  if (send_at.empty()) return Error{35111, "SendAt timestamp is missing."};
  if (form.get("MessagingServiceSid").empty()) {
    return Error{35118, "MessagingServiceSid is required to schedule a message."};
  }
  const auto when = parse_iso8601(send_at);
  if (when && is_in_window(*when, now)) return std::nullopt;
  return Error{35114,
               "SendAt time must be between 900 seconds and 35 days (3024000 seconds) in the future, inclusive."};
}

}  // namespace messenger::simulator::twilio
