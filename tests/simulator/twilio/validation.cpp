#include "simulator/twilio/validation.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "simulator/text.hpp"
#include "simulator/twilio/address.hpp"
#include "simulator/twilio/field.hpp"
#include "simulator/twilio/schedule.hpp"
#include "simulator/twilio/sender_pool.hpp"
#include "simulator/twilio/test_numbers.hpp"

namespace messenger::simulator::twilio {
namespace {

constexpr std::size_t max_body = 1600;
constexpr std::size_t max_media = 10;

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

Problem check_content(const Form& form) {
  if (decode_utf8(form.get("Body")).size() > max_body) {
    return Error{21617, "The concatenated message body exceeds the 1600 character limit."};
  }
  const auto media = form.all("MediaUrl");
  if (media.size() > max_media) return Error{21623, "Number of media files exceeds allowed limit."};
  if (!std::ranges::all_of(media, is_url)) return Error{21620, "Invalid media URL(s)"};
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

// ContentRetention 30029: https://www.twilio.com/docs/api/errors/30029; a parameter without a code of its own has
// 20001.
constexpr std::array parameters{
    Field{.parameter = "ValidityPeriod", .kind = Kind::number, .most = 36'000, .code = 21624, .least = 1},
    Field{.parameter = "StatusCallback", .kind = Kind::url, .code = 21609},
    Field{.parameter = "MaxPrice", .kind = Kind::decimal},
    Field{.parameter = "Attempt", .kind = Kind::number, .least = 1},
    Field{.parameter = "ProvideFeedback", .kind = Kind::flag},
    Field{.parameter = "ForceDelivery", .kind = Kind::flag},
    Field{.parameter = "SmartEncoded", .kind = Kind::flag},
    Field{.parameter = "ShortenUrls", .kind = Kind::flag},
    Field{.parameter = "SendAsMms", .kind = Kind::flag},
    Field{.parameter = "ContentRetention", .kind = Kind::choice, .choices = "retain|discard|", .code = 30029},
    Field{.parameter = "AddressRetention", .kind = Kind::choice, .choices = "retain|obfuscate|discard|"},
    Field{.parameter = "TrafficType", .kind = Kind::choice, .choices = "free|"},
    Field{.parameter = "RiskCheck", .kind = Kind::choice, .choices = "enable|disable|"},
    Field{.parameter = "ContentVariables", .kind = Kind::json, .code = 21656}};

/// A parameter that holds a SID.
struct SidParameter {
  std::string_view name;
  std::string_view prefix;
};

constexpr std::array sid_parameters{SidParameter{"ContentSid", "HX"}, SidParameter{"ApplicationSid", "AP"}};

Problem check_parameters(const Form& form) {
  if (auto problem = check_changes(parameters, form)) return problem;
  for (const SidParameter& parameter : sid_parameters) {
    const std::string_view sid = form.get(parameter.name);
    if (!sid.empty() && !is_sid(sid, parameter.prefix)) {
      return Error{20001, "Invalid value for parameter " + std::string{parameter.name}};
    }
  }
  const std::string_view fallback = form.get("FallbackFrom");
  if (!fallback.empty() && !is_sender(fallback)) return Error{20001, "Invalid value for parameter FallbackFrom"};
  return std::nullopt;
}

Problem check_service_features(const Form& form) {
  const bool shortens = form.get("ShortenUrls") == "true";
  if (!shortens || !form.get("MessagingServiceSid").empty()) return std::nullopt;
  return Error{20001, "ShortenUrls needs a MessagingServiceSid"};
}

// An account has services from before, without anything known of them: those that it did not make here.
Problem check_service(const ApiCall& call) {
  const std::string_view sid = call.form.get("MessagingServiceSid");
  if (sid.empty()) return std::nullopt;
  const Record* service = find_service(call.world.store, call.account, sid);
  if (service == nullptr || !call.form.get("From").empty()) return std::nullopt;
  if (count_senders(call.world.store, *service) > 0) return std::nullopt;
  return Error{21704, "The Messaging Service contains no phone numbers."};
}

}  // namespace

std::optional<Error> validate(const ApiCall& call) {
  for (const auto check :
       {check_presence, check_addresses, check_content, check_parameters, check_service_features, check_test_numbers}) {
    if (auto problem = check(call.form)) return problem;
  }
  if (auto problem = check_schedule(call.form, call.now)) return problem;
  return check_service(call);
}

}  // namespace messenger::simulator::twilio
