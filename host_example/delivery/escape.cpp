// SPDX-License-Identifier: Apache-2.0
#include "delivery/escape.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>

namespace messenger::host {

namespace {

const Escape none{};
const Escape cut_off{0, {}, true};
constexpr std::size_t longest_entity = 10;  // "&thetasym;"

// The names of U+00A0 to U+00FF, in order.
constexpr std::array<std::string_view, 96> latin_1{
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",    "copy",   "ordf",
    "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn", "sup2",   "sup3",   "acute",  "micro",
    "para",   "middot", "cedil",  "sup1",   "ordm",   "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave",
    "Aacute", "Acirc",  "Atilde", "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",
    "Igrave", "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde", "Ouml",
    "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",  "szlig",  "agrave", "aacute",
    "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil", "egrave", "eacute", "ecirc",  "euml",   "igrave",
    "iacute", "icirc",  "iuml",   "eth",    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide",
    "oslash", "ugrave", "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml"};

bool is_alphanumeric(char character) {
  return std::isalnum(static_cast<unsigned char>(character)) != 0;
}

std::string utf8(unsigned code) {
  const auto tail = [code](unsigned shift) { return static_cast<char>(0x80U | (code >> shift & 0x3FU)); };
  if (code < 0x80) {
    return {static_cast<char>(code)};
  }
  if (code < 0x800) {
    return {static_cast<char>(0xC0U | code >> 6U), tail(0)};
  }
  if (code < 0x10000) {
    return {static_cast<char>(0xE0U | code >> 12U), tail(6), tail(0)};
  }
  return {static_cast<char>(0xF0U | (code >> 18U & 7U)), tail(12), tail(6), tail(0)};
}

// The whole text as a number.
std::optional<unsigned> number(std::string_view text, int base) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

// So many hexadecimal digits after what introduces them; `code` is theirs.
Escape digits(std::string_view text, std::size_t introduction, std::size_t count, unsigned& code) {
  const std::string_view given = text.substr(introduction, count);
  const auto value = number(given, 16);
  if (given.size() < count) {
    return given.empty() || value ? cut_off : none;
  }
  code = value.value_or(0);
  return value ? Escape{introduction + count, {}, false} : none;
}

Escape byte(std::string_view text, std::size_t introduction) {
  unsigned code = 0;
  Escape escape = digits(text, introduction, 2, code);
  escape.meaning = static_cast<char>(code);
  return escape;
}

// A unit of UTF-16, or two that are one character.
Escape unit(std::string_view text) {
  unsigned code = 0;
  Escape escape = digits(text, 2, 4, code);
  if (escape.length != 0 && code >= 0xD800 && code < 0xDC00) {
    const std::string_view rest = text.substr(escape.length);
    unsigned low = 0;
    const Escape second = rest.size() < 2 || rest.substr(0, 2) == text.substr(0, 2)
                              ? digits(rest, std::min<std::size_t>(2, rest.size()), 4, low)
                              : none;
    if (second.is_cut_off) {
      return cut_off;
    }
    if (second.length != 0 && low >= 0xDC00 && low < 0xE000) {
      code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
      escape.length += second.length;
    }
  }
  escape.meaning = utf8(code);
  return escape;
}

Escape backslash(std::string_view text) {
  constexpr std::string_view names = "\"\\/'bfnrt";
  constexpr std::string_view meanings = "\"\\/'\b\f\n\r\t";
  if (text.size() < 2) {
    return cut_off;
  }
  if (text[1] == 'u') {
    return unit(text);
  }
  if (text[1] == 'x') {
    return byte(text, 2);
  }
  const std::size_t which = names.find(text[1]);
  return which == std::string_view::npos ? none : Escape{2, {meanings[which]}, false};
}

Escape percent(std::string_view text) {
  return text.starts_with("%u") ? unit(text) : byte(text, 1);
}

std::optional<unsigned> named(std::string_view name) {
  if (name.starts_with("#x") || name.starts_with("#X")) {
    return number(name.substr(2), 16);
  }
  if (name.starts_with('#')) {
    return number(name.substr(1), 10);
  }
  for (const auto& [known, code] : {std::pair("amp", '&'), {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}) {
    if (name == known) {
      return code;
    }
  }
  const auto* const found = std::find(latin_1.begin(), latin_1.end(), name);
  return found == latin_1.end() ? std::nullopt : std::optional(0xA0U + static_cast<unsigned>(found - latin_1.begin()));
}

Escape entity(std::string_view text) {
  std::size_t end = 1;
  while (end < text.size() && end < longest_entity && (is_alphanumeric(text[end]) || text[end] == '#')) {
    ++end;
  }
  if (end == text.size() && end < longest_entity) {
    return cut_off;
  }
  const auto code = end < text.size() && text[end] == ';' ? named(text.substr(1, end - 1)) : std::nullopt;
  return code ? Escape{end + 1, utf8(*code), false} : none;
}

}  // namespace

Escape escape_at(std::string_view text) {
  switch (text.front()) {
    case '\\':
      return backslash(text);
    case '%':
      return percent(text);
    case '&':
      return entity(text);
    default:
      return none;
  }
}

}  // namespace messenger::host
