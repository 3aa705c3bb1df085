// SPDX-License-Identifier: Apache-2.0
#include "twilio/request.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "common/form.hpp"
#include "twilio/address.hpp"

namespace messenger::twilio {
namespace {

constexpr std::int64_t longest_validity_s = 36'000;
constexpr std::uint64_t second_ns = 1'000'000'000;

Refusal rejected(const char* detail) {
  return {Outcome::rejected, detail};
}

// Twilio may hold a message in its queue for as long as it is worth something, and no longer.
std::optional<Refusal> plan_validity(const Message& message, const Now& now, Plan& out) {
  out.validity_s = out.wanted.validity_s;
  if (message.expires_ns() == 0) {
    return std::nullopt;
  }
  if (message.expires_ns() <= now.host_ns) {
    return Refusal{Outcome::deadline, "The message expired before it was sent."};
  }
  auto left = static_cast<std::int64_t>((message.expires_ns() - now.host_ns) / second_ns);
  if (out.wanted.send_at) {  // the period begins when a scheduled message is due
    left -= (*out.wanted.send_at - now.wall).count();
    if (left <= 0) {
      return rejected("The message expires before its SendAt.");
    }
  }
  left = std::clamp<std::int64_t>(left, 1, longest_validity_s);
  if (out.validity_s == 0 || left < out.validity_s) {
    out.validity_s = left;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> check_schedule(const Wanted& wanted, bool by_service, std::chrono::sys_seconds now) {
  if (wanted.scheduled != wanted.send_at.has_value()) {
    return rejected("SendAt and ScheduleType belong together.");
  }
  if (wanted.shorten_urls && !by_service) {
    return rejected("ShortenUrls needs a Messaging Service.");
  }
  if (!wanted.send_at) {
    return std::nullopt;
  }
  if (!by_service) {
    return rejected("SendAt needs a Messaging Service.");
  }
  const auto ahead = *wanted.send_at - now;
  if (ahead >= std::chrono::minutes(15) && ahead <= std::chrono::hours(35 * 24)) {
    return std::nullopt;
  }
  return rejected("SendAt must be 15 minutes to 35 days ahead.");
}

std::optional<Refusal> plan(const Config& config, const Message& message, const Now& now, Plan& out) {
  if (auto refusal = read_attributes(message.attributes(), out.wanted)) {
    return refusal;
  }
  if (auto refusal = choose_sender(config, message, out.wanted, out.sender)) {
    return refusal;
  }
  if (!is_recipient(message.to())) {
    return rejected("The recipient is neither an E.164 number nor a channel address.");
  }
  // No text has more characters than bytes.
  if (message.body().size() > longest_body && characters(message.body()) > longest_body) {
    return rejected("The text has more than 1600 characters.");
  }
  if (message.body().empty() && !out.wanted.has_content) {
    return rejected("The message has no text, media or content.");
  }
  if (auto refusal = check_schedule(out.wanted, !out.sender.service_sid.empty(), now.wall)) {
    return refusal;
  }
  return plan_validity(message, now, out);
}

std::size_t message_bound(const Plan& plan, const Message& message) noexcept {
  std::size_t bound = common::form_bound("To", message.to()) + common::form_bound("Body", message.body()) +
                      common::form_bound("From", plan.sender.from) +
                      common::form_bound("MessagingServiceSid", plan.sender.service_sid) +
                      common::form_bound("ValidityPeriod", "36000");
  bound += common::form_bound("StatusCallback", plan.wanted.receipt_url);
  for (const Attribute attribute : message.attributes()) {
    bound += common::form_bound(attribute.name, attribute.value);
  }
  return bound;
}

void append_message(std::string& out, const Plan& plan, const Message& message) {
  common::append_form(out, "To", message.to());
  if (plan.sender.service_sid.empty()) {
    common::append_form(out, "From", plan.sender.from);
  } else {
    common::append_form(out, "MessagingServiceSid", plan.sender.service_sid);
  }
  if (!message.body().empty()) {
    common::append_form(out, "Body", message.body());
  }
  for (const Attribute attribute : message.attributes()) {
    if (is_copied(attribute.name)) {
      common::append_form(out, attribute.name, attribute.value);
    }
  }
  if (!plan.wanted.receipt_url.empty()) {
    common::append_form(out, "StatusCallback", plan.wanted.receipt_url);
  }
  if (plan.validity_s == 0) {
    return;
  }
  std::array<char, 20> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), plan.validity_s);
  static_cast<void>(error);  // twenty characters hold any 64-bit number
  common::append_form(out, "ValidityPeriod", {digits.data(), static_cast<std::size_t>(end - digits.data())});
}

std::string messages_url(const Config& config) {
  if (!is_sid(config.account_sid, "AC")) {
    return config.url;
  }
  return base_url(config, Product::api) + "/2010-04-01/Accounts/" + config.account_sid + "/Messages.json";
}

}  // namespace messenger::twilio
