#include "simulator/twilio/address.hpp"

#include <algorithm>

namespace messenger::simulator::twilio {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_e164(std::string_view text) {
  if (text.size() < 3 || text.size() > 16 || text[0] != '+' || text[1] == '0') return false;
  return std::ranges::all_of(text.substr(1), is_digit);
}

bool is_short_code(std::string_view text) {
  return text.size() >= 3 && text.size() <= 8 && std::ranges::all_of(text, is_digit);
}

}  // namespace

bool is_recipient(std::string_view text) {
  constexpr std::string_view whatsapp = "whatsapp:";
  constexpr std::string_view messenger = "messenger:";
  if (text.starts_with(messenger)) return text.size() > messenger.size();
  return is_e164(text.starts_with(whatsapp) ? text.substr(whatsapp.size()) : text);
}

bool is_alphanumeric_sender(std::string_view text) {
  constexpr std::string_view signs = " +-_&";
  const auto allowed = [&](char c) { return is_letter(c) || is_digit(c) || signs.find(c) != std::string_view::npos; };
  return text.size() <= 11 && std::ranges::all_of(text, allowed) && std::ranges::any_of(text, is_letter);
}

bool is_sender(std::string_view text) {
  return is_recipient(text) || is_short_code(text) || is_alphanumeric_sender(text);
}

}  // namespace messenger::simulator::twilio
