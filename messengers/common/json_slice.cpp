// SPDX-License-Identifier: Apache-2.0
#include "common/json_slice.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <cstddef>

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
  boost::json::error_code error;
  const auto parsed = boost::json::parse({value.data(), value.size()}, error);
  const auto* text = error ? nullptr : parsed.if_string();
  return text == nullptr ? std::string() : std::string(text->data(), text->size());
}

}  // namespace messenger::common
