// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "delivery/decoded_view.hpp"
#include "delivery/pattern.hpp"

namespace messenger::host {

/// A destination for a log: its last four characters stay, "+15551230001" is "********0001".
std::string masked_number(std::string_view number);

/// Hides secrets in text that others wrote, such as a provider that repeats what it was sent. In doubt it hides: any
/// case, a space for a plus, and escapes of JSON, URLs and HTML within one another make no difference. The cost of a
/// text is in proportion to its length. [calling it: any thread]
class Masker {
 public:
  /// With more distinct secrets than this, or with more than 64 KiB of them, a text is hidden whole.
  static constexpr std::size_t most_secrets = 500;
  /// What is shorter is not found in base64 that holds more than it.
  static constexpr std::size_t shortest_traced = 4;

  /// Hides this text, also in hex or base64. Digits are found with spaces, dots and dashes between them as well. One or
  /// two bytes are hidden only where they are a whole value (of a header, of JSON, of a form): within words they tell
  /// nothing, and nothing else could be read. An empty text is nothing.
  void hide(std::string_view secret);
  /// Hides a phone number, also in another writing or without its country code.
  void hide_number(std::string_view number);
  /// Hides every group of digits in this text that could be a code.
  void hide_codes_of(std::string_view text);

  /// The beginning of the text, about `longest` bytes of it, with "***" for each part that is hidden; also for one that
  /// the text's end has cut off.
  std::string operator()(std::string_view text, std::size_t longest = std::string_view::npos) const;

 private:
  enum class Where { anywhere, base64_group, base64_word, whole_value };
  struct Part {
    Pattern pattern;
    Where where;
  };
  struct Digits {
    Pattern pattern;
    bool whole_group;  // hides also what stands beside them
  };

  bool is_new(std::string_view secret);
  void add(std::string text, Where where);
  void mark_parts(const DecodedView& view, std::vector<bool>& hidden) const;
  void mark_digits(const DecodedView& view, std::vector<bool>& hidden) const;

  std::set<std::string, std::less<>> secrets_;
  std::size_t bytes_ = 0, longest_ = 0;  // of the secrets
  bool hides_all_ = false;
  std::vector<Part> parts_;
  std::vector<Digits> digits_;
};

}  // namespace messenger::host
