// SPDX-License-Identifier: Apache-2.0
#include "runtime/json_text.hpp"

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <cmath>
#include <vector>

#include "runtime/exact_json.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

std::string position(std::string_view text, std::size_t offset) {
  const auto before = text.substr(0, std::min(offset, text.size()));
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const auto line_start = before.rfind('\n') + 1;  // npos + 1 = 0
  return "line " + std::to_string(line) + ", column " + std::to_string(before.size() - line_start + 1);
}

void append_sorted(std::string& text, const json::value& value);

void append_sorted(std::string& text, const json::object& object) {
  std::vector<const json::key_value_pair*> members;
  for (const auto& member : object) {
    members.push_back(&member);
  }
  std::sort(members.begin(), members.end(), [](const auto* a, const auto* b) { return a->key() < b->key(); });
  text += '{';
  for (const auto* const member : members) {
    text.append(member == members.front() ? "" : ",").append(json::serialize(json::string(member->key()))).append(":");
    append_sorted(text, member->value());
  }
  text += '}';
}

void append_sorted(std::string& text, const json::array& array) {
  text += '[';
  for (std::size_t i = 0; i < array.size(); ++i) {
    text.append(i == 0 ? "" : ",");
    append_sorted(text, array[i]);
  }
  text += ']';
}

// The shortest digits that read back as the same number, and a number with a fraction keeps it: 1.0 is no integer.
void append_number(std::string& text, double number) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  const std::string_view shortest(digits.data(), static_cast<std::size_t>(end - digits.data()));
  text.append(shortest).append(shortest.find_first_of(".e") == std::string_view::npos ? ".0" : "");
}

void append_sorted(std::string& text, const json::value& value) {
  if (value.is_object()) {
    append_sorted(text, value.get_object());
  } else if (value.is_array()) {
    append_sorted(text, value.get_array());
  } else if (value.is_double() && std::isfinite(value.get_double())) {
    append_number(text, value.get_double());
  } else {
    text += json::serialize(value);
  }
}

}  // namespace

std::variant<json::value, std::string> parse_json(std::string_view text) {
  json::error_code error;
  std::size_t read = 0;
  json::value value = parse_exactly(text, read, error);
  if (error == json::error::not_exact) {
    const auto before = text.find_last_not_of("-0123456789", read - 1);  // npos + 1 = 0
    return "The integer at " + position(text, before + 1) + " does not fit into 64 bits.";
  }
  if (error) {
    return "Not JSON at " + position(text, read) + ": " + error.message() + ".";
  }
  const auto rest = text.find_first_not_of(" \t\r\n", read);
  if (rest != std::string_view::npos) {
    return "Not JSON at " + position(text, rest) + ": something follows the document.";
  }
  return value;
}

std::string to_sorted_text(const json::value& value) {
  std::string text;
  append_sorted(text, value);
  return text;
}

}  // namespace messenger::host
