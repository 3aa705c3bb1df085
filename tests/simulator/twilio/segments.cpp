#include "simulator/twilio/segments.hpp"

#include <algorithm>
#include <string_view>

namespace messenger::simulator::twilio {
namespace {

/// How many units of an encoding one part holds, alone and in a series.
struct Capacity {
  std::size_t single;
  std::size_t part;
};

/// 3GPP TS 23.038, without the letters and digits of ASCII.
constexpr std::u32string_view gsm_signs = U"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà";
constexpr std::u32string_view gsm_escaped = U"\f^{}\\[~]|€";

bool is_ascii_alphanumeric(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z');
}

/// 0 for a character that GSM-7 does not have.
std::size_t gsm_units(char32_t c) {
  if (is_ascii_alphanumeric(c) || gsm_signs.find(c) != std::u32string_view::npos) return 1;
  return gsm_escaped.find(c) != std::u32string_view::npos ? 2 : 0;
}

std::size_t ucs2_units(char32_t c) {
  return c > 0xFFFF ? 2 : 1;
}

// A character of two units (an escape pair, a surrogate pair) is never split between parts.
std::size_t count_parts(const std::u32string& text, std::size_t (*units)(char32_t), Capacity capacity) {
  std::size_t total = 0;
  std::size_t parts = 1;
  std::size_t used = 0;
  for (const char32_t c : text) {
    const std::size_t size = units(c);
    total += size;
    if (used + size > capacity.part) {
      ++parts;
      used = 0;
    }
    used += size;
  }
  return total <= capacity.single ? 1 : parts;
}

}  // namespace

std::size_t count_segments(const std::u32string& text) {
  const bool gsm = std::ranges::all_of(text, [](char32_t c) { return gsm_units(c) > 0; });
  return gsm ? count_parts(text, gsm_units, {160, 153}) : count_parts(text, ucs2_units, {70, 67});
}

}  // namespace messenger::simulator::twilio
