// SPDX-License-Identifier: Apache-2.0
#include "runtime/json_text.hpp"

#include <algorithm>
#include <array>
#include <boost/container/small_vector.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <cmath>
#include <messenger/detail/json_text.hpp>
#include <utility>

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

// The shortest digits that read back as the same number, and a number with a fraction keeps it: 1.0 is no integer.
void append_number(std::string& text, double number) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  const std::string_view shortest(digits.data(), static_cast<std::size_t>(end - digits.data()));
  text.append(shortest).append(shortest.find_first_of(".e") == std::string_view::npos ? ".0" : "");
}

class SortedText {
 public:
  explicit SortedText(Nulls nulls) : nulls_(nulls) {}

  void append(const json::value& value) {
    if (value.is_object()) {
      append(value.get_object());
    } else if (value.is_array()) {
      append(value.get_array());
    } else if (value.is_string()) {
      detail::append_json_string(text_, value.get_string());
    } else if (value.is_double() && std::isfinite(value.get_double())) {
      append_number(text_, value.get_double());
    } else {
      text_ += json::serialize(value);
    }
  }
  std::string take() { return std::move(text_); }

 private:
  void append(const json::object& object) {
    boost::container::small_vector<const json::key_value_pair*, 32> members;
    for (const auto& member : object) {
      if (nulls_ == Nulls::kept || !member.value().is_null()) {
        members.push_back(&member);
      }
    }
    std::sort(members.begin(), members.end(), [](const auto* a, const auto* b) { return a->key() < b->key(); });
    text_ += '{';
    for (const auto* const member : members) {
      text_.append(member == members.front() ? "" : ",");
      detail::append_json_string(text_, member->key());
      text_ += ':';
      append(member->value());
    }
    text_ += '}';
  }
  void append(const json::array& array) {
    text_ += '[';
    for (std::size_t i = 0; i < array.size(); ++i) {
      text_.append(i == 0 ? "" : ",");
      append(array[i]);
    }
    text_ += ']';
  }

  const Nulls nulls_;
  std::string text_;
};

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

std::string to_sorted_text(const json::value& value, Nulls nulls) {
  SortedText text(nulls);
  text.append(value);
  return text.take();
}

}  // namespace messenger::host
