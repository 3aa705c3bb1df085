#include "simulator/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>

namespace messenger::simulator {
namespace {

constexpr char32_t replacement = 0xFFFD;

unsigned byte_at(std::string_view text, std::size_t index) {
  return static_cast<unsigned char>(text[index]);
}

struct Decoded {
  char32_t code_point;
  std::size_t size;
};

std::size_t sequence_size(unsigned lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  return 0;
}

bool is_allowed(char32_t code_point, std::size_t size) {
  constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code_point >= 0xD800 && code_point < 0xE000;
  return code_point >= smallest.at(size) && code_point <= 0x10FFFF && !surrogate;
}

Decoded decode_one(std::string_view text) {
  constexpr std::array<unsigned, 5> lead_bits{0, 0x7F, 0x1F, 0x0F, 0x07};
  const std::size_t size = sequence_size(byte_at(text, 0));
  if (size == 0 || size > text.size()) return {replacement, 1};
  char32_t code_point = byte_at(text, 0) & lead_bits.at(size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte_at(text, i) & 0xC0) != 0x80) return {replacement, 1};
    code_point = (code_point << 6) | (byte_at(text, i) & 0x3F);
  }
  return is_allowed(code_point, size) ? Decoded{code_point, size} : Decoded{replacement, 1};
}

std::optional<std::uint32_t> base64_digit(char c) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::size_t index = alphabet.find(c);
  if (index == std::string_view::npos) return std::nullopt;
  return static_cast<std::uint32_t>(index);
}

}  // namespace

std::u32string decode_utf8(std::string_view text) {
  std::u32string code_points;
  while (!text.empty()) {
    const Decoded next = decode_one(text);
    code_points.push_back(next.code_point);
    text.remove_prefix(next.size);
  }
  return code_points;
}

std::string valid_utf8(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  while (!text.empty()) {
    const Decoded next = decode_one(text);
    const bool replaced = next.code_point == replacement && next.size == 1;
    valid += replaced ? std::string_view{"\xEF\xBF\xBD"} : text.substr(0, next.size);
    text.remove_prefix(next.size);
  }
  return valid;
}

std::optional<std::string> decode_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  std::string bytes;
  std::uint32_t pending = 0;
  unsigned pending_bits = 0;
  for (const char c : text) {
    const auto digit = base64_digit(c);
    if (!digit) return std::nullopt;
    pending = (pending << 6) | *digit;
    pending_bits += 6;
    if (pending_bits < 8) continue;
    pending_bits -= 8;
    bytes.push_back(static_cast<char>((pending >> pending_bits) & 0xFF));
  }
  return bytes;
}

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

bool is_sid(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return text.size() == 32 && std::ranges::all_of(text, [](char c) { return hex_digit(c).has_value(); });
}

std::string random_sid(std::string_view prefix) {
  static thread_local std::mt19937_64 engine{std::random_device{}()};
  std::uniform_int_distribution<std::size_t> digit{0, 15};
  std::string sid{prefix};
  for (int i = 0; i < 32; ++i) sid.push_back("0123456789abcdef"[digit(engine)]);
  return sid;
}

}  // namespace messenger::simulator
