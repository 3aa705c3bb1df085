// SPDX-License-Identifier: Apache-2.0
#include "twilio/rule.hpp"

#include <messenger/detail/http_syntax.hpp>

#include <algorithm>
#include <charconv>

#include "common/instant.hpp"
#include "common/json_reply.hpp"
#include "twilio/address.hpp"
#include "twilio/decimal.hpp"

namespace messenger::twilio {
namespace {

bool is_integer(const Parameter& parameter, std::string_view text) noexcept {
  const std::int64_t value = to_integer(text);
  return (value != 0 || text == "0") && value >= parameter.min && value <= parameter.max;
}

template <class Predicate>
bool any_word(std::string_view words, Predicate predicate) {
  for (auto word = take_word(words); !word.empty(); word = take_word(words)) {
    if (predicate(word)) {
      return true;
    }
  }
  return false;
}

bool is_day(std::string_view text) noexcept {
  constexpr std::string_view midnight = "T00:00:00Z";
  char instant[20];
  if (text.size() != sizeof(instant) - midnight.size()) {
    return false;
  }
  midnight.copy(instant + text.copy(instant, text.size()), midnight.size());
  return common::parse_iso_instant({instant, sizeof(instant)}).has_value();
}

bool is_text(const Parameter& parameter, std::string_view text) noexcept {
  const auto count = static_cast<std::int64_t>(characters(text));
  return count >= parameter.min && (parameter.max == 0 || count <= parameter.max);
}

bool is_country(std::string_view text) noexcept {
  return text.size() == 2 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string listed(std::string_view words) {
  std::string out;
  for (auto word = take_word(words); !word.empty(); word = take_word(words)) {
    out.append(out.empty() ? "" : " or ").append(word);
  }
  return out;
}

std::string text_requirement(const Parameter& parameter) {
  const std::string most = std::to_string(parameter.max);
  if (parameter.max == 0) {
    return parameter.min == 0 ? "must be text." : "must be text that is not empty.";
  }
  return "must be text of " + std::to_string(parameter.min) + " to " + most + " characters.";
}

}  // namespace

std::string_view take_word(std::string_view& words) noexcept {
  words.remove_prefix(std::min(words.find_first_not_of(' '), words.size()));
  const std::string_view word = words.substr(0, words.find(' '));
  words.remove_prefix(word.size());
  return word;
}

std::int64_t to_integer(std::string_view text) noexcept {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? value : 0;
}

std::size_t characters(std::string_view utf8) noexcept {
  const auto starts = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), starts));
}

bool is_good(const Parameter& parameter, std::string_view value) noexcept {
  switch (parameter.rule) {
    case Rule::text:
      return is_text(parameter, value);
    case Rule::nothing:
      return value.empty();
    case Rule::recipient:
      return is_recipient(value);
    case Rule::sender:
      return is_sender(value);
    case Rule::alpha_sender:
      return is_alphanumeric_sender(value);
    case Rule::sid:
      return any_word(parameter.argument, [&](std::string_view prefix) { return is_sid(value, prefix); });
    case Rule::url:
      return (value.empty() && parameter.min == 0) || detail::url_problem(value).empty();
    case Rule::boolean:
      return value == "true" || value == "false";
    case Rule::integer:
      return is_integer(parameter, value);
    case Rule::decimal:
      return parse_decimal(value).has_value();
    case Rule::choice:
      return any_word(parameter.argument, [&](std::string_view word) { return word == value; });
    case Rule::day:
      return is_day(value);
    case Rule::date:
      return is_day(value) || common::parse_iso_instant(value).has_value();
    case Rule::instant:
      return common::parse_iso_instant(value).has_value();
    case Rule::country:
      return is_country(value);
    case Rule::json_object:
      return common::read_reply(value, {});
  }
  return false;
}

std::string requirement(const Parameter& parameter) {
  switch (parameter.rule) {
    case Rule::text:
      return text_requirement(parameter);
    case Rule::nothing:
      return "must be the empty text.";
    case Rule::recipient:
      return "must be an E.164 number or a channel address.";
    case Rule::sender:
      return "must be a number, a short code, an alphanumeric or a channel sender.";
    case Rule::alpha_sender:
      return "must be 1 to 11 letters, digits, spaces or &+-_ with a letter among them.";
    case Rule::sid:
      return "must be " + listed(parameter.argument) + " and 32 hexadecimal digits.";
    case Rule::url:
      return "must be an http or https URL.";
    case Rule::boolean:
      return "must be true or false.";
    case Rule::integer:
      return "must be an integer from " + std::to_string(parameter.min) + " to " + std::to_string(parameter.max) + ".";
    case Rule::decimal:
      return "must be a decimal number.";
    case Rule::choice:
      return "must be " + listed(parameter.argument) + ".";
    case Rule::day:
      return "must be a day, such as 2026-01-31.";
    case Rule::date:
      return "must be a day, such as 2026-01-31, or an instant, such as 2026-01-31T08:30:00Z.";
    case Rule::instant:
      return "must be an instant, such as 2026-01-31T08:30:00Z.";
    case Rule::country:
      return "must be the two capital letters of a country.";
    case Rule::json_object:
      return "must be the text of a JSON object.";
  }
  return "has no rule.";
}

}  // namespace messenger::twilio
