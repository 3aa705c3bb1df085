// SPDX-License-Identifier: Apache-2.0
#include "common/form.hpp"

#include <array>

namespace messenger::common {
namespace {

// What a byte becomes: itself, '+' for the space, or 0 for "%XX".
constexpr std::array<char, 256> make_table() {
  std::array<char, 256> table{};
  for (char c = '0'; c <= '9'; ++c) {
    table[static_cast<unsigned char>(c)] = c;
  }
  for (char c = 'A'; c <= 'Z'; ++c) {
    table[static_cast<unsigned char>(c)] = c;
  }
  for (char c = 'a'; c <= 'z'; ++c) {
    table[static_cast<unsigned char>(c)] = c;
  }
  for (const char c : {'*', '-', '.', '_'}) {
    table[static_cast<unsigned char>(c)] = c;
  }
  table[static_cast<unsigned char>(' ')] = '+';
  return table;
}
constexpr std::array<char, 256> table = make_table();

}  // namespace

void append_form(std::string& out, std::string_view name, std::string_view value) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  if (!out.empty()) {
    out += '&';
  }
  out.append(name).append(1, '=');
  // Grown once to the worst case and cut at the end, so that the loop writes without asking for room.
  const std::size_t start = out.size();
  out.resize(start + 3 * value.size());
  char* to = out.data() + start;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (const char plain = table[byte]; plain != 0) {
      *to++ = plain;
    } else {
      *to++ = '%';
      *to++ = hex[byte >> 4U];
      *to++ = hex[byte & 15U];
    }
  }
  out.resize(static_cast<std::size_t>(to - out.data()));
}

}  // namespace messenger::common
