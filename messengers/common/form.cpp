// SPDX-License-Identifier: Apache-2.0
#include "common/form.hpp"

#include <array>
#include <cstdint>
#include <cstring>

namespace messenger::common {
namespace {

// What a byte becomes: itself, '+' for the space, or "%XX".
struct Code {
  std::array<char, 3> text;
  std::uint8_t size;
};
static_assert(sizeof(Code) == 4);

constexpr bool is_plain(unsigned c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '*' || c == '-' ||
         c == '.' || c == '_';
}

constexpr std::array<Code, 256> make_table() {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::array<Code, 256> table{};
  for (unsigned c = 0; c < table.size(); ++c) {
    table[c] = is_plain(c) ? Code{{static_cast<char>(c)}, 1} : Code{{'%', hex[c >> 4U], hex[c & 15U]}, 3};
  }
  table[' '] = {{'+'}, 1};
  return table;
}
constexpr std::array<Code, 256> table = make_table();

}  // namespace

void append_form(std::string& out, std::string_view name, std::string_view value) {
  if (!out.empty()) {
    out += '&';
  }
  out.append(name).append(1, '=');
  // Grown once to the worst case and cut at the end, so that the loop neither asks for room nor branches: it always
  // writes a whole Code, four bytes, and steps over those that count.
  const std::size_t start = out.size();
  out.resize(start + 3 * value.size() + 1);
  char* to = out.data() + start;
  for (const char c : value) {
    const Code& code = table[static_cast<unsigned char>(c)];
    std::memcpy(to, &code, sizeof(code));
    to += code.size;
  }
  out.resize(static_cast<std::size_t>(to - out.data()));
}

}  // namespace messenger::common
