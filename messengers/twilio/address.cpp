// SPDX-License-Identifier: Apache-2.0
#include "twilio/address.hpp"

#include <messenger/detail/http_syntax.hpp>

#include <algorithm>

namespace messenger::twilio {
namespace {

using detail::is_letter;

// Objects and not functions: a pointer to one would be called for each character.
constexpr auto is_digit = [](char c) noexcept { return detail::is_digit(c); };
constexpr auto is_hex = [](char c) noexcept {
  return detail::is_digit(c) || (detail::lower(c) >= 'a' && detail::lower(c) <= 'f');
};

template <class Predicate>
bool all(std::string_view text, Predicate predicate) noexcept {
  return std::all_of(text.begin(), text.end(), predicate);
}

bool is_short_code(std::string_view text) noexcept {
  return text.size() >= 3 && text.size() <= 8 && all(text, is_digit);
}

}  // namespace

bool is_alphanumeric_sender(std::string_view text) noexcept {
  constexpr std::string_view marks = " &+-_";
  const auto allowed = [&](char c) { return is_letter(c) || is_digit(c) || marks.find(c) != std::string_view::npos; };
  return text.size() <= 11 && all(text, allowed) && std::any_of(text.begin(), text.end(), is_letter);
}

bool is_sid(std::string_view text, std::string_view prefix) noexcept {
  return text.size() == prefix.size() + 32 && text.starts_with(prefix) && all(text.substr(prefix.size()), is_hex);
}

bool is_message_sid(std::string_view text) noexcept {
  return text.size() == 34 && is_letter(text[0]) && is_letter(text[1]) && is_sid(text, text.substr(0, 2));
}

bool is_e164(std::string_view text) noexcept {
  return text.size() >= 3 && text.size() <= 16 && text[0] == '+' && text[1] != '0' && all(text.substr(1), is_digit);
}

bool is_channel_address(std::string_view text) noexcept {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || text.size() > 256) {
    return false;
  }
  const std::string_view channel = text.substr(0, colon);
  const std::string_view address = text.substr(colon + 1);
  if (!all(channel, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; })) {
    return false;
  }
  if (channel == "whatsapp") {
    return is_e164(address);
  }
  return !address.empty() && all(address, [](char c) { return c > ' ' && c < 0x7f; });
}

bool is_recipient(std::string_view text) noexcept {
  return is_e164(text) || is_channel_address(text);
}

bool is_sender(std::string_view text) noexcept {
  return is_recipient(text) || is_short_code(text) || is_alphanumeric_sender(text);
}

}  // namespace messenger::twilio
