// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_DETAIL_JSON_TEXT_HPP
#define MESSENGER_DETAIL_JSON_TEXT_HPP

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace messenger::detail {

/// The characters that a JSON string holds only behind a backslash.
inline constexpr auto is_escaped_in_json = [] {
  std::array<bool, 256> table{};
  for (std::size_t c = 0; c < 0x20; ++c) {
    table[c] = true;
  }
  table['"'] = table['\\'] = true;
  return table;
}();

/// Appends text as a JSON string with its quotes; UTF-8 passes through as it is.
inline void append_json_string(std::string& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  constexpr std::string_view named = "btn\0fr";  // for 0x08 … 0x0d; 0x0b has no letter
  out += '"';
  std::size_t copied = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (!is_escaped_in_json[c]) {
      continue;
    }
    out.append(text, copied, i - copied);
    copied = i + 1;
    out += '\\';
    if (c >= 0x20) {
      out += static_cast<char>(c);
    } else if (c >= 0x08 && c <= 0x0d && c != 0x0b) {
      out += named[c - 0x08U];
    } else {
      out += "u00";
      out += hex[c >> 4U];
      out += hex[c & 15U];
    }
  }
  out.append(text, copied, text.size() - copied);
  out += '"';
}

}  // namespace messenger::detail

#endif
