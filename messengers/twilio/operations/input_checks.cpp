// SPDX-License-Identifier: Apache-2.0
#include "twilio/operations/input_checks.hpp"

#include "common/instant.hpp"
#include "twilio/request.hpp"

namespace messenger::twilio {
namespace {

Refusal rejected(const char* detail) {
  return {Outcome::rejected, detail};
}

}  // namespace

std::optional<Refusal> check_new_message(const Input& input, std::chrono::sys_seconds now) {
  Wanted wanted;
  for (const Given& given : input.all()) {
    keep({given.parameter->name, given.value}, wanted);
  }
  if (wanted.from.empty() == wanted.service_sid.empty()) {
    return rejected(
        "Exactly one of the parameters From and MessagingServiceSid must be given, or a sender configured.");
  }
  if (!input.has("Body") && !wanted.has_content) {
    return rejected("At least one of the parameters Body, MediaUrl and ContentSid must be given.");
  }
  return check_schedule(wanted, !wanted.service_sid.empty(), now);
}

std::optional<Refusal> check_message_update(const Input& input, std::chrono::sys_seconds) {
  if (input.has("Body") == input.has("Status")) {
    return rejected("Exactly one of the parameters Body and Status must be given.");
  }
  return std::nullopt;
}

std::optional<Refusal> check_search(const Input& input, std::chrono::sys_seconds now) {
  const auto after = common::parse_iso_instant(input.find("sentAfter"));
  const auto before = common::parse_iso_instant(input.find("sentBefore"));
  if (after && *after > before.value_or(now)) {
    return rejected("The parameter sentAfter must not be later than sentBefore, or than now.");
  }
  return std::nullopt;
}

}  // namespace messenger::twilio
