// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace messenger::host {

/// A destination for a log: its last four characters stay, "+15551230001" is "********0001".
std::string masked_number(std::string_view number);

/// Hides secrets in text that others wrote, such as a provider that repeats what it was sent. In doubt it hides.
/// [calling it: any thread]
class Masker {
 public:
  /// Hides this text, also as a JSON string, a URL, a form or base64 has it. Digits are found with spaces, dots and
  /// dashes between them as well. An empty text is nothing.
  void hide(std::string_view secret);
  /// Hides a phone number, also in another writing or without its country code.
  void hide_number(std::string_view number);
  /// Hides every group of digits in this text that could be a code.
  void hide_codes_of(std::string_view text);

  /// The text with "***" for each part that is hidden; also for one that the text's end has cut off.
  std::string operator()(std::string_view text) const;

 private:
  struct Digits {
    std::string digits;
    bool whole_group;  // hides also what stands beside them
  };

  void mark_digits(std::string_view text, std::vector<bool>& hidden) const;

  std::vector<std::string> texts_, base64_;
  std::vector<Digits> digits_;
};

}  // namespace messenger::host
