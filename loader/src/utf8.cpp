// SPDX-License-Identifier: Apache-2.0
#include "utf8.hpp"

#include <algorithm>
#include <boost/locale/utf.hpp>
#include <cstdint>
#include <cstring>

namespace messenger::loader {
namespace {

using Traits = boost::locale::utf::utf_traits<char>;

// Most texts are ASCII: eight bytes at a time until one is not.
const char* skip_ascii(const char* at, const char* end) noexcept {
  for (; end - at >= 8; at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    if ((word & 0x8080808080808080u) != 0) break;
  }
  while (at != end && static_cast<unsigned char>(*at) < 0x80) ++at;
  return at;
}

bool is_invalid(boost::locale::utf::code_point point) noexcept {
  return point == boost::locale::utf::illegal || point == boost::locale::utf::incomplete;
}

// The next character, or the replacement for one invalid byte; `at` moves behind it.
std::string_view next_character(const char*& at, const char* end) noexcept {
  const char* const start = at;
  if (!is_invalid(Traits::decode(at, end))) return {start, static_cast<std::size_t>(at - start)};
  at = start + 1;
  return "\xEF\xBF\xBD";
}

}  // namespace

bool is_utf8(std::string_view text) noexcept {
  const char* at = text.data();
  const char* const end = at + text.size();
  while ((at = skip_ascii(at, end)) != end) {
    if (is_invalid(Traits::decode(at, end))) return false;
  }
  return true;
}

void repair_utf8(std::string& out, std::string_view text, std::size_t limit) {
  out.clear();
  if (text.size() <= limit && is_utf8(text)) {
    out.assign(text);
    return;
  }
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    const std::string_view character = next_character(at, end);
    if (out.size() + character.size() > limit) return;
    out.append(character);
  }
}

}  // namespace messenger::loader
