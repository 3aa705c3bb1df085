// SPDX-License-Identifier: Apache-2.0
#include "store/base64.hpp"

#include <sodium.h>

#include <array>
#include <cstdint>

namespace messenger::host {

namespace {

int variant_of(Base64 form) {
  switch (form) {
    case Base64::padded:
      return sodium_base64_VARIANT_ORIGINAL;
    case Base64::unpadded:
      return sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
    case Base64::url:
      break;
  }
  return sodium_base64_VARIANT_URLSAFE_NO_PADDING;
}

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t no_digit = 0xff;

constexpr std::array<std::uint8_t, 256> digits = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(no_digit);
  for (std::size_t i = 0; i != alphabet.size(); ++i) {
    values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}();

char digit_of(std::uint32_t value) {
  return alphabet[value & 0x3fU];
}

std::uint32_t value_of(char digit) {
  return digits[static_cast<unsigned char>(digit)];
}

void put_bytes(char* out, std::uint32_t three) {
  out[0] = static_cast<char>(three >> 16U);
  out[1] = static_cast<char>(three >> 8U & 0xffU);
  out[2] = static_cast<char>(three & 0xffU);
}

}  // namespace

std::string to_base64(std::string_view bytes, Base64 form) {
  const int variant = variant_of(form);
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  ::sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      variant);
  text.pop_back();  // its NUL
  return text;
}

std::string from_base64(std::string_view text) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  std::size_t size = 0;
  const bool good = ::sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                                        text.size(), " \t\r\n", &size, nullptr, sodium_base64_VARIANT_ORIGINAL) == 0;
  if (!good) {
    ::sodium_memzero(bytes.data(), bytes.size());
  }
  bytes.resize(good ? size : 0);
  return bytes;
}

std::string to_public_base64(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4, '=');
  char* out = text.data();
  const auto* in = reinterpret_cast<const unsigned char*>(bytes.data());
  const auto* const end = in + bytes.size() / 3 * 3;
  for (; in != end; in += 3, out += 4) {
    const std::uint32_t three = std::uint32_t{in[0]} << 16U | std::uint32_t{in[1]} << 8U | in[2];
    out[0] = digit_of(three >> 18U);
    out[1] = digit_of(three >> 12U);
    out[2] = digit_of(three >> 6U);
    out[3] = digit_of(three);
  }
  if (const std::size_t left = bytes.size() % 3; left != 0) {
    const std::uint32_t second = left == 2 ? in[1] : 0U;
    out[0] = digit_of(in[0] >> 2U);
    out[1] = digit_of(std::uint32_t{in[0]} << 4U | second >> 4U);
    out[2] = left == 2 ? digit_of(second << 2U) : '=';
  }
  return text;
}

// Four digits at a time; the last four may have padding, which stands for digits of no value.
std::string from_public_base64(std::string_view text) {
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  if (text.empty() || text.size() % 4 != 0) {
    return {};
  }
  std::string bytes(text.size() / 4 * 3, '\0');
  char* out = bytes.data();
  std::uint32_t problems = 0;
  const auto put = [&](char one, char two, char three, char four) {
    const std::uint32_t first = value_of(one);
    const std::uint32_t second = value_of(two);
    const std::uint32_t third = value_of(three);
    const std::uint32_t fourth = value_of(four);
    problems |= (first | second | third | fourth) & 0xc0U;
    const std::uint32_t value = first << 18U | second << 12U | third << 6U | fourth;
    put_bytes(out, value);
    out += 3;
    return value;
  };
  const char* in = text.data();
  for (const char* const last = in + text.size() - 4; in != last; in += 4) {
    put(in[0], in[1], in[2], in[3]);
  }
  const std::uint32_t three = put(in[0], in[1], padding == 2 ? 'A' : in[2], padding >= 1 ? 'A' : in[3]);
  problems |= padding == 2 ? three & 0xffffU : padding == 1 ? three & 0xffU : 0U;  // bits behind the end
  bytes.resize(problems == 0 ? bytes.size() - padding : 0);
  return bytes;
}

}  // namespace messenger::host
