// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/http.hpp>
#include <messenger/message.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "twilio/config.hpp"
#include "twilio/sender.hpp"

namespace messenger::twilio {

/// The most characters that Twilio takes as a message's text.
constexpr std::size_t longest_body = 1600;

/// The two clocks a request is built against.
struct Now {
  std::uint64_t host_ns;          ///< the host's, of expires_ns
  std::chrono::sys_seconds wall;  ///< of SendAt
};

/// Everything about a message that has to be decided before its form can be written.
struct Plan {
  Wanted wanted{};
  Sender sender{};
  std::int64_t validity_s = 0;  ///< 0 = Twilio's own
};

/// Whether what is asked about time and short links goes together
/// (https://www.twilio.com/docs/messaging/features/message-scheduling).
std::optional<Refusal> check_schedule(const Wanted& wanted, bool by_service, std::chrono::sys_seconds now);

/// Decides, and checks all that can be checked before anything leaves.
std::optional<Refusal> plan(const Config& config, const Message& message, const Now& now, Plan& out);

/// The most characters that append_message adds.
std::size_t message_bound(const Plan& plan, const Message& message) noexcept;

/// Appends the form of one message:
/// https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource
void append_message(std::string& out, const Plan& plan, const Message& message);

/// The headers that belong to one attempt; views into the op. Twilio takes no idempotency key.
class OpHeaders {
 public:
  explicit OpHeaders(const Op& op) noexcept
      : pair_{{{to_str("traceparent"), to_str(op.traceparent())}}}, count_(op.traceparent().empty() ? 0 : 1) {}
  [[nodiscard]] std::span<const msgr_pair> all() const noexcept { return std::span(pair_).first(count_); }

 private:
  std::array<msgr_pair, 1> pair_;
  std::size_t count_;
};

/// The URL that messages are posted to; the configured one alone while its account SID cannot be sent.
std::string messages_url(const Config& config);

}  // namespace messenger::twilio
