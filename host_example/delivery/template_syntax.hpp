// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace messenger::host {

/// A piece of a template: literal text, or a placeholder.
struct TemplatePart {
  std::string literal;
  std::string variable;                 ///< empty = literal text
  std::optional<std::string> fallback;  ///< what stands where the variable has no value
  std::size_t offset = 0;               ///< of its first character
};

struct TemplateProblem {
  std::size_t offset;
  std::string text;  ///< a clause without the place: "[${x] is not closed"
};

struct ParsedTemplate {
  std::vector<TemplatePart> parts;
  std::vector<TemplateProblem> problems;
};

/// Takes a template apart; what is a problem is no part.
ParsedTemplate parse_template(std::string_view text);

}  // namespace messenger::host
