// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_DETAIL_JSON_TEXT_HPP
#define MESSENGER_DETAIL_JSON_TEXT_HPP

#include <messenger/detail/eight_bytes.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// constexpr where the C++ library's strings are, as from libstdc++ 12 on.
#if defined(__cpp_lib_constexpr_string) && __cpp_lib_constexpr_string >= 201907L
#define MESSENGER_CONSTEXPR_TEXT constexpr
#else
#define MESSENGER_CONSTEXPR_TEXT inline
#endif

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

/// How many characters there are before the first of these.
constexpr std::size_t unescaped_size(std::string_view text) noexcept {
  std::size_t size = size_without(text, [](std::uint64_t eight) {
    return any_below(eight, 0x20) | any_equal(eight, '"') | any_equal(eight, '\\');
  });
  while (size != text.size() && !is_escaped_in_json[static_cast<unsigned char>(text[size])]) {
    ++size;
  }
  return size;
}

MESSENGER_CONSTEXPR_TEXT void append_json_escape(std::string& out, unsigned char c) {
  constexpr std::string_view hex = "0123456789abcdef";
  constexpr std::string_view named = "btn\0fr";  // for 0x08 … 0x0d; 0x0b has no letter
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

/// Appends text as a JSON string with its quotes; UTF-8 passes through as it is.
MESSENGER_CONSTEXPR_TEXT void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t size = unescaped_size(text); size != text.size(); size = unescaped_size(text)) {
    out.append(text, 0, size);
    append_json_escape(out, static_cast<unsigned char>(text[size]));
    text.remove_prefix(size + 1);
  }
  out.append(text);
  out += '"';
}

}  // namespace messenger::detail

#endif
