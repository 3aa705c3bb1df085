// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "common/json_reply.hpp"

namespace messenger::twilio {

/// The members of an answer that decide; "detail" stands in for "message" in problem JSON (RFC 9457).
class AnswerBody {
 public:
  explicit AnswerBody(std::string_view body) noexcept : whole_(common::read_reply(body, members_)) {}

  /// It is one JSON object.
  [[nodiscard]] bool whole() const noexcept { return whole_; }
  [[nodiscard]] std::string_view sid() const noexcept { return members_[0].text.view(); }
  /// Two letters and 32 hexadecimal digits stand in sid.
  [[nodiscard]] bool names_something() const noexcept;
  /// The error code: 5 digits, as a number or as a string; 0 = none.
  [[nodiscard]] std::uint32_t code() const noexcept;
  /// The same as it was written; absent when there is none.
  [[nodiscard]] std::string_view code_text() const noexcept;
  /// Whether the message for people names the path of this account.
  [[nodiscard]] bool names_account(std::string_view account_sid) const noexcept;

 private:
  std::array<common::ReplyMember, 4> members_{{{"sid"}, {"code"}, {"message"}, {"detail"}}};
  bool whole_;
};

}  // namespace messenger::twilio
