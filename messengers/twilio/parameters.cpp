// SPDX-License-Identifier: Apache-2.0
#include "twilio/parameters.hpp"

#include <messenger/detail/http_syntax.hpp>
#include <messenger/receipts.hpp>

#include <algorithm>
#include <array>
#include <charconv>

#include "common/instant.hpp"
#include "common/json_reply.hpp"
#include "twilio/address.hpp"

namespace messenger::twilio {
namespace {

/// What a parameter's value must be.
enum class Rule { message, sender, sid, url, boolean, integer, decimal, choice, instant, json_object, text };

struct Parameter {
  std::string_view name;
  Rule rule;
  std::string_view argument{};  // of sid its prefix, of choice the words between spaces
  std::int64_t max = 0;         // of an integer
  std::size_t repeats = 1;      // how often it may be given
};

// https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource, in the order of names.
constexpr std::array parameters{
    Parameter{"AddressRetention", Rule::choice, " retain obfuscate "},
    Parameter{"ApplicationSid", Rule::sid, "AP"},
    Parameter{"Attempt", Rule::integer, {}, 1'000'000},
    Parameter{"Body", Rule::message},
    Parameter{"ContentRetention", Rule::choice, " retain discard "},
    Parameter{"ContentSid", Rule::sid, "HX"},
    Parameter{"ContentVariables", Rule::json_object},
    Parameter{"FallbackFrom", Rule::sender},
    Parameter{"ForceDelivery", Rule::boolean},
    Parameter{"From", Rule::sender},
    Parameter{"MaxPrice", Rule::decimal},
    Parameter{"MediaUrl", Rule::url, {}, 0, 10},
    Parameter{"MessagingServiceSid", Rule::sid, "MG"},
    Parameter{"PersistentAction", Rule::text, {}, 0, 10},
    Parameter{"ProvideFeedback", Rule::boolean},
    Parameter{"RiskCheck", Rule::choice, " enable disable "},
    Parameter{"ScheduleType", Rule::choice, " fixed "},
    Parameter{"SendAsMms", Rule::boolean},
    Parameter{"SendAt", Rule::instant},
    Parameter{"ShortenUrls", Rule::boolean},
    Parameter{"SmartEncoded", Rule::boolean},
    Parameter{"StatusCallback", Rule::url},
    Parameter{"Tags", Rule::json_object},
    Parameter{"To", Rule::message},
    Parameter{"TrafficType", Rule::choice, " free "},
    Parameter{"ValidityPeriod", Rule::integer, {}, 36'000},
};

const Parameter* find(std::string_view name) noexcept {
  const auto at = std::lower_bound(parameters.begin(), parameters.end(), name,
                                   [](const Parameter& one, std::string_view wanted) { return one.name < wanted; });
  return at != parameters.end() && at->name == name ? &*at : nullptr;
}

std::int64_t integer(std::string_view text) noexcept {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? value : 0;
}

bool is_decimal(std::string_view text) noexcept {
  const std::size_t point = text.find('.');
  const auto digits = [](std::string_view part) {
    return !part.empty() && part.size() <= 9 && std::all_of(part.begin(), part.end(), detail::is_digit);
  };
  return digits(text.substr(0, point)) && (point == std::string_view::npos || digits(text.substr(point + 1)));
}

bool is_choice(std::string_view text, std::string_view words) {
  return !text.empty() && text.find(' ') == std::string_view::npos &&
         words.find(" " + std::string(text) + " ") != std::string_view::npos;
}

bool is_good(const Parameter& parameter, std::string_view value) {
  switch (parameter.rule) {
    case Rule::message:
      return false;
    case Rule::sender:
      return is_sender(value);
    case Rule::sid:
      return is_sid(value, parameter.argument);
    case Rule::url:
      return detail::url_problem(value).empty();
    case Rule::boolean:
      return value == "true" || value == "false";
    case Rule::integer:
      return integer(value) >= 1 && integer(value) <= parameter.max;
    case Rule::decimal:
      return is_decimal(value);
    case Rule::choice:
      return is_choice(value, parameter.argument);
    case Rule::instant:
      return common::parse_iso_instant(value).has_value();
    case Rule::json_object:
      return common::read_reply(value, {});
    case Rule::text:
      return !value.empty();
  }
  return false;
}

void keep(const Attribute& attribute, Wanted& wanted) {
  const auto& [name, value] = attribute;
  if (name == "MessagingServiceSid") {
    wanted.service_sid = value;
  }
  if (name == "From") {
    wanted.from = value;
  }
  if (name == "ValidityPeriod") {
    wanted.validity_s = integer(value);
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

// An attribute's name comes from the caller: only what a parameter's name is made of is repeated.
Refusal unknown(std::string_view name) {
  std::string shown;
  for (const char c : name.substr(0, 40)) {
    shown += detail::is_letter(c) || detail::is_digit(c) ? c : '?';
  }
  return {Outcome::rejected, "The attribute " + shown + " is no parameter of Twilio's."};
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

std::optional<Refusal> read_attributes(const Attributes& attributes, Wanted& wanted) {
  std::array<std::size_t, parameters.size()> given{};
  for (const Attribute attribute : attributes) {
    if (attribute.name.empty() || attribute.name[0] < 'A' || attribute.name[0] > 'Z') {
      continue;
    }
    const Parameter* parameter = find(attribute.name);
    if (parameter == nullptr) {
      return unknown(attribute.name);
    }
    if (parameter->rule == Rule::message) {
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
