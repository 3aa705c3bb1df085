// SPDX-License-Identifier: Apache-2.0
#include "common/json_slice.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <system_error>

namespace messenger::common {
namespace {

constexpr std::string_view blanks = " \t\r\n";

void skip_blanks(std::string_view& text) noexcept {
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
}

// Where the string that text begins with ends.
std::size_t string_size(std::string_view text) noexcept {
  std::size_t at = 1;
  while (at < text.size() && text[at] != '"') {
    at += text[at] == '\\' ? 2 : 1;
  }
  return std::min(at + 1, text.size());
}

std::size_t structure_size(std::string_view text) noexcept {
  std::size_t depth = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"') {
      at += string_size(text.substr(at));
      continue;
    }
    ++at;
    if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == '}' || c == ']') && --depth == 0) {
      break;
    }
  }
  return at;
}

std::size_t value_size(std::string_view text) noexcept {
  if (text.starts_with('"')) {
    return string_size(text);
  }
  if (text.starts_with('{') || text.starts_with('[')) {
    return structure_size(text);
  }
  return std::min(text.find_first_of(",]} \t\r\n"), text.size());
}

std::string_view take_value(std::string_view& text) noexcept {
  skip_blanks(text);
  const std::string_view value = text.substr(0, value_size(text));
  text.remove_prefix(value.size());
  return value;
}

// Past one comma or colon, when it is next.
void skip_mark(std::string_view& text, char mark) noexcept {
  skip_blanks(text);
  if (text.starts_with(mark)) {
    text.remove_prefix(1);
  }
}

// The code unit of the "\\uXXXX" that text begins with; nothing when it does not.
std::optional<char32_t> code_unit(std::string_view text) noexcept {
  unsigned value = 0;
  if (text.size() < 6 || text[0] != '\\' || text[1] != 'u') {
    return std::nullopt;
  }
  const auto [end, error] = std::from_chars(text.data() + 2, text.data() + 6, value, 16);
  return error == std::errc{} && end == text.data() + 6 ? std::optional<char32_t>(value) : std::nullopt;
}

void append_utf8(std::string& out, char32_t code_point) {
  const auto add = [&](char32_t byte) { out += static_cast<char>(byte); };
  const auto add_rest = [&](unsigned shift) { add(0x80U | ((code_point >> shift) & 0x3FU)); };
  if (code_point < 0x80) {
    return add(code_point);
  }
  if (code_point < 0x800) {
    add(0xC0U | (code_point >> 6U));
    return add_rest(0);
  }
  if (code_point < 0x10000) {
    add(0xE0U | (code_point >> 12U));
    add_rest(6);
    return add_rest(0);
  }
  add(0xF0U | (code_point >> 18U));
  add_rest(12);
  add_rest(6);
  add_rest(0);
}

void take_code_point(std::string_view& text, std::string& out) {
  constexpr std::size_t size = 6;
  constexpr char32_t replacement = 0xFFFD;
  const char32_t first = code_unit(text).value_or(replacement);
  text.remove_prefix(std::min(size, text.size()));
  if (first < 0xD800 || first > 0xDFFF) {
    return append_utf8(out, first);
  }
  const auto second = code_unit(text);
  if (first > 0xDBFF || !second || *second < 0xDC00 || *second > 0xDFFF) {
    return append_utf8(out, replacement);
  }
  text.remove_prefix(size);
  append_utf8(out, 0x10000 + ((first - 0xD800) << 10U) + (*second - 0xDC00));
}

// text begins with a backslash.
void take_escape(std::string_view& text, std::string& out) {
  constexpr std::string_view letters = "bfnrt";
  constexpr std::string_view meanings = "\b\f\n\r\t";
  const char letter = text.size() < 2 ? '\\' : text[1];
  if (letter == 'u') {
    return take_code_point(text, out);
  }
  const std::size_t at = letters.find(letter);
  out += at == std::string_view::npos ? letter : meanings[at];
  text.remove_prefix(std::min<std::size_t>(2, text.size()));
}

}  // namespace

std::string_view json_member(std::string_view object, std::string_view name) noexcept {
  std::string_view found;
  skip_blanks(object);
  if (!object.starts_with('{')) {
    return found;
  }
  object.remove_prefix(1);
  for (skip_blanks(object); object.starts_with('"'); skip_blanks(object)) {
    const std::string_view key = take_value(object);
    skip_mark(object, ':');
    const std::string_view value = take_value(object);
    skip_mark(object, ',');
    if (key.size() == name.size() + 2 && key.substr(1, name.size()) == name) {
      found = value;
    }
  }
  return found;
}

std::string_view take_json_element(std::string_view& rest) noexcept {
  skip_blanks(rest);
  if (!rest.starts_with('[') && !rest.starts_with(',')) {
    return {};
  }
  rest.remove_prefix(1);
  const std::string_view element = take_value(rest);
  skip_blanks(rest);
  return element.empty() ? std::string_view{} : element;
}

std::string compact_json(std::string_view value) {
  std::string out;
  out.reserve(value.size());
  while (!value.empty()) {
    const bool string = value.front() == '"';
    const std::size_t size = string ? string_size(value) : std::min(value.find_first_of(" \t\r\n\""), value.size());
    out.append(value.substr(0, size));
    value.remove_prefix(size);
    skip_blanks(value);
  }
  return out;
}

std::string json_text(std::string_view value) {
  std::string out;
  if (value.size() < 2 || value.front() != '"' || value.back() != '"') {
    return out;
  }
  value = value.substr(1, value.size() - 2);
  out.reserve(value.size());
  while (!value.empty()) {
    const std::size_t plain = std::min(value.find('\\'), value.size());
    out.append(value.substr(0, plain));
    value.remove_prefix(plain);
    if (!value.empty()) {
      take_escape(value, out);
    }
  }
  return out;
}

}  // namespace messenger::common
