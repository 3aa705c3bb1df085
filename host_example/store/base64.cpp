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

std::uint32_t byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
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
  for (std::size_t in = 0, out = 0; in < bytes.size(); in += 3, out += 4) {
    const std::uint32_t three = byte_at(bytes, in) << 16U | byte_at(bytes, in + 1) << 8U | byte_at(bytes, in + 2);
    text[out] = alphabet[three >> 18U];
    text[out + 1] = alphabet[three >> 12U & 0x3fU];
    if (in + 1 < bytes.size()) {
      text[out + 2] = alphabet[three >> 6U & 0x3fU];
    }
    if (in + 2 < bytes.size()) {
      text[out + 3] = alphabet[three & 0x3fU];
    }
  }
  return text;
}

std::string from_public_base64(std::string_view text) {
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  if (text.empty() || text.size() % 4 != 0) {
    return {};
  }
  std::string bytes(text.size() / 4 * 3, '\0');
  std::uint32_t problems = 0;
  std::uint32_t three = 0;
  for (std::size_t in = 0, out = 0; in != text.size(); in += 4, out += 3) {
    three = 0;
    for (std::size_t i = in; i != in + 4; ++i) {
      const std::uint32_t digit = i < text.size() - padding ? digits[static_cast<unsigned char>(text[i])] : 0U;
      problems |= digit & 0xc0U;
      three = three << 6U | (digit & 0x3fU);
    }
    bytes[out] = static_cast<char>(three >> 16U);
    bytes[out + 1] = static_cast<char>(three >> 8U & 0xffU);
    bytes[out + 2] = static_cast<char>(three & 0xffU);
  }
  problems |= padding == 2 ? three & 0xffffU : padding == 1 ? three & 0xffU : 0U;  // bits behind the end
  bytes.resize(problems == 0 ? bytes.size() - padding : 0);
  return bytes;
}

}  // namespace messenger::host
