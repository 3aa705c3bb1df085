// SPDX-License-Identifier: Apache-2.0
#include "twilio/parameters.hpp"

#include <messenger/detail/http_syntax.hpp>
#include <messenger/receipts.hpp>

#include <algorithm>
#include <array>

#include "common/instant.hpp"

namespace messenger::twilio {
namespace {

// https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource, in the order of names.
constexpr std::array parameters{
    Parameter{"AddressRetention", Rule::choice, "retain obfuscate"},
    Parameter{"ApplicationSid", Rule::sid, "AP"},
    Parameter{"Attempt", Rule::integer, {}, 1'000'000},
    Parameter{.name = "Body", .rule = Rule::text, .max = 1600, .secret = true},
    Parameter{"ContentRetention", Rule::choice, "retain discard"},
    Parameter{"ContentSid", Rule::sid, "HX"},
    Parameter{.name = "ContentVariables", .rule = Rule::json_object, .secret = true},
    Parameter{"FallbackFrom", Rule::sender},
    Parameter{"ForceDelivery", Rule::boolean},
    Parameter{"From", Rule::sender},
    Parameter{"MaxPrice", Rule::decimal},
    Parameter{"MediaUrl", Rule::url, {}, 0, 10},
    Parameter{"MessagingServiceSid", Rule::sid, "MG"},
    Parameter{"PersistentAction", Rule::text, {}, 0, 10},
    Parameter{"ProvideFeedback", Rule::boolean},
    Parameter{"RiskCheck", Rule::choice, "enable disable"},
    Parameter{"ScheduleType", Rule::choice, "fixed"},
    Parameter{"SendAsMms", Rule::boolean},
    Parameter{"SendAt", Rule::instant},
    Parameter{"ShortenUrls", Rule::boolean},
    Parameter{"SmartEncoded", Rule::boolean},
    Parameter{"StatusCallback", Rule::url},
    Parameter{"Tags", Rule::json_object},
    Parameter{.name = "To", .rule = Rule::recipient, .required = true},
    Parameter{"TrafficType", Rule::choice, "free"},
    Parameter{"ValidityPeriod", Rule::integer, {}, 36'000},
};

const Parameter* find(std::string_view name) noexcept {
  const auto at = std::lower_bound(parameters.begin(), parameters.end(), name,
                                   [](const Parameter& one, std::string_view wanted) { return one.name < wanted; });
  return at != parameters.end() && at->name == name ? &*at : nullptr;
}

bool is_the_messages_own(std::string_view name) noexcept {
  return name == "Body" || name == "To";
}

Refusal refused(const Parameter& parameter, std::string_view why) {
  return {Outcome::rejected, "The attribute " + std::string(parameter.name) + std::string(why)};
}

std::optional<Refusal> read_receipt_url(const Attributes& attributes, Wanted& wanted) {
  const std::string_view url = attributes.find(MSGR_RECEIPT_URL);
  if (url.data() == nullptr || attributes.find("StatusCallback").data() != nullptr) {
    return std::nullopt;
  }
  if (!detail::url_problem(url).empty()) {
    return Refusal{Outcome::rejected, "The attribute receiptUrl is no URL."};
  }
  wanted.receipt_url = url;
  return std::nullopt;
}

}  // namespace

std::span<const Parameter> message_parameters() noexcept {
  return parameters;
}

void keep(const Attribute& attribute, Wanted& wanted) noexcept {
  const auto& [name, value] = attribute;
  if (name == "MessagingServiceSid") {
    wanted.service_sid = value;
  }
  if (name == "From") {
    wanted.from = value;
  }
  if (name == "ValidityPeriod") {
    wanted.validity_s = to_integer(value);
  }
  if (name == "SendAt") {
    wanted.send_at = common::parse_iso_instant(value);
  }
  if (name == "ScheduleType") {
    wanted.scheduled = true;
  }
  if (name == "ShortenUrls") {
    wanted.shorten_urls = value == "true";
  }
  if (name == "MediaUrl" || name == "ContentSid") {
    wanted.has_content = true;
  }
}

std::string shown_name(std::string_view name) {
  std::string shown;
  for (const char c : name.substr(0, 40)) {
    shown += detail::is_letter(c) || detail::is_digit(c) ? c : '?';
  }
  return shown;
}

std::optional<Refusal> read_attributes(const Attributes& attributes, Wanted& wanted) {
  std::array<std::size_t, parameters.size()> given{};
  for (const Attribute attribute : attributes) {
    if (attribute.name.empty() || attribute.name[0] < 'A' || attribute.name[0] > 'Z') {
      continue;
    }
    const Parameter* parameter = find(attribute.name);
    if (parameter == nullptr) {
      return Refusal{Outcome::rejected,
                     "The attribute " + shown_name(attribute.name) + " is no parameter of Twilio's."};
    }
    if (is_the_messages_own(parameter->name)) {
      return refused(*parameter, " is the message's own and cannot be set.");
    }
    if (++given[static_cast<std::size_t>(parameter - parameters.data())] > parameter->repeats) {
      return refused(*parameter, " is given too often.");
    }
    if (!is_good(*parameter, attribute.value)) {
      return refused(*parameter, " does not have a value that Twilio accepts.");
    }
    keep(attribute, wanted);
  }
  return read_receipt_url(attributes, wanted);
}

bool is_copied(std::string_view attribute_name) noexcept {
  return find(attribute_name) != nullptr && attribute_name != "From" && attribute_name != "MessagingServiceSid" &&
         attribute_name != "ValidityPeriod";
}

}  // namespace messenger::twilio
