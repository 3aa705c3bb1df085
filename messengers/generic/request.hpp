// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/message.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "generic/config.hpp"

namespace messenger::generic {

/// The most characters that append_payload adds for this message.
std::size_t payload_bound(const Message& message) noexcept;

/// Appends the JSON document that a receiver gets: code, phoneNumber, textMessage, type, userId.
/// https://fusionauth.io/docs/customize/email-and-messages/generic-messenger
void append_payload(std::string& out, const Message& message);

/// Which of our headers stay, decided once per configuration: a configured one of the same name replaces ours.
struct OwnHeaders {
  explicit OwnHeaders(const SecretMap& configured);
  bool content_type, authorization, idempotency_key, traceparent;
};

/// The headers that belong to one attempt; views into the op.
class OpHeaders {
 public:
  OpHeaders(const OwnHeaders& own, const Op& op) noexcept;
  [[nodiscard]] std::span<const msgr_pair> all() const noexcept { return std::span(pairs_).first(count_); }

 private:
  void add(bool wanted, std::string_view name, std::string_view value) noexcept;

  std::array<msgr_pair, 2> pairs_{};
  std::size_t count_ = 0;
};

}  // namespace messenger::generic
