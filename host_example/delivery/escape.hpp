// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace messenger::host {

/// One character in another writing.
struct Escape {
  std::size_t length = 0;   ///< of the writing; 0 = none stands here
  std::string meaning;      ///< UTF-8, or the byte that was written
  bool is_cut_off = false;  ///< the text ends within what may be one
};

/// What the text begins with, as JSON and scripts (\" \n \x22 \u0022), URLs (%22 %u0022) and HTML (&quot; &#34; &auml;)
/// write it. The text is not empty.
Escape escape_at(std::string_view text);

}  // namespace messenger::host
