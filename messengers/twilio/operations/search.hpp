// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "twilio/operations/input.hpp"
#include "twilio/operations/sent_text.hpp"

namespace messenger::twilio {

/// The operation "reconcile": looks through an account's messages, the newest first, for the one that a send in doubt
/// may have left. Twilio's date filters are not used, because they hide messages that Twilio has not sent yet.
class Search {
 public:
  /// The input has been checked; it must outlive this object.
  Search(const Input& input, std::chrono::sys_seconds now);

  /// What Twilio is asked for, as a query.
  [[nodiscard]] std::string query() const;
  /// Looks at one message, a JSON object; false = those that follow decide nothing.
  bool look(std::string_view message);

  /// The one message that may be it: its SID, and what tells so. Nothing when there is none, or when there are more.
  struct Found {
    std::string sid, evidence;
  };
  [[nodiscard]] const Found* found() const noexcept;
  /// Why it is not certain that found() is the message; empty = it is, for its text was compared.
  [[nodiscard]] std::string_view doubt() const noexcept;

 private:
  struct Hits {
    std::size_t count = 0;
    Found first{};
  };

  [[nodiscard]] bool fits_but_for_text(std::string_view message, std::chrono::sys_seconds created) const;
  [[nodiscard]] std::string evidence(std::string_view message, bool compared) const;

  std::string_view to_, from_;
  SentText body_;
  std::chrono::sys_seconds earliest_, latest_;
  Hits same_{}, unclear_{};
};

}  // namespace messenger::twilio
