// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace messenger::twilio {

/// The text of a message whose send ended in doubt, compared with what Twilio's list has.
class SentText {
 public:
  /// An empty text was not given. The text must outlive this object.
  explicit SentText(std::string_view text);
  SentText(const SentText&) = delete;
  SentText& operator=(const SentText&) = delete;
  ~SentText();

  /// unclear: it may be this text, but nothing shows that it is.
  enum class Fit { same, other, unclear };
  /// A text is the same where Twilio put a trial account's prefix before it or encoded it smartly. Where it may have
  /// shortened the links, which it does for a Messaging Service only, it is unclear; so is an empty, redacted text.
  [[nodiscard]] Fit compare(std::string_view at_twilio, bool by_service) const noexcept;

 private:
  std::string_view text_;
  std::string smart_;
};

}  // namespace messenger::twilio
