#include "simulator/twilio/validation.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>

#include "simulator/text.hpp"
#include "simulator/twilio/address.hpp"
#include "simulator/twilio/schedule.hpp"
#include "simulator/twilio/test_numbers.hpp"

namespace messenger::simulator::twilio {
namespace {

constexpr std::size_t max_body = 1600;
constexpr std::size_t max_media = 10;
constexpr int max_validity = 36'000;

using Problem = std::optional<Error>;

Problem check_presence(const Form& form) {
  if (form.get("To").empty()) return Error{21604, "A 'To' phone number is required."};
  if (form.get("From").empty() && form.get("MessagingServiceSid").empty()) {
    return Error{21603, "A 'From' phone number or a 'MessagingServiceSid' is required."};
  }
  if (form.get("Body").empty() && form.get("ContentSid").empty() && form.all("MediaUrl").empty()) {
    return Error{21619, "A text message body or media urls must be specified."};
  }
  return std::nullopt;
}

bool is_media_url(std::string_view url) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (url.starts_with(scheme)) return url.size() > scheme.size() && url.find(' ') == std::string_view::npos;
  }
  return false;
}

Problem check_content(const Form& form) {
  if (decode_utf8(form.get("Body")).size() > max_body) {
    return Error{21617, "The concatenated message body exceeds the 1600 character limit."};
  }
  const auto media = form.all("MediaUrl");
  if (media.size() > max_media) return Error{21623, "Number of media files exceeds allowed limit."};
  if (!std::ranges::all_of(media, is_media_url)) return Error{21620, "Invalid media URL(s)"};
  return std::nullopt;
}

Problem check_addresses(const Form& form) {
  const std::string to{form.get("To")};
  const std::string from{form.get("From")};
  const std::string_view service = form.get("MessagingServiceSid");
  if (!service.empty() && !is_sid(service, "MG")) {
    return Error{21701, "The Messaging Service '" + std::string{service} + "' does not exist."};
  }
  if (!is_recipient(to)) return Error{21211, "The 'To' number " + to + " is not a valid phone number."};
  if (!from.empty() && !is_sender(from)) {
    return Error{21212,
                 "The 'From' number " + from + " is not a valid phone number, shortcode, or alphanumeric sender ID."};
  }
  return std::nullopt;
}

Problem check_test_numbers(const Form& form) {
  if (auto problem = check_test_sender(form.get("From"))) return problem;
  return check_test_recipient(form.get("To"));
}

Problem check_validity(const Form& form) {
  const std::string_view text = form.get("ValidityPeriod");
  if (text.empty()) return std::nullopt;
  int seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const bool complete = error == std::errc{} && end == text.data() + text.size();
  if (complete && seconds >= 1 && seconds <= max_validity) return std::nullopt;
  return Error{21624, "The 'ValidityPeriod' must be an integer from 1 to 36000."};
}

}  // namespace

std::optional<Error> validate(const Form& form, std::chrono::system_clock::time_point now) {
  for (const auto check : {check_presence, check_addresses, check_content, check_validity, check_test_numbers}) {
    if (auto problem = check(form)) return problem;
  }
  return check_schedule(form, now);
}

}  // namespace messenger::simulator::twilio
