#include "simulator/form.hpp"

#include <algorithm>
#include <cstddef>

#include "simulator/text.hpp"

namespace messenger::simulator {
namespace {

std::string form_decode(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const auto high = hex_digit(text[i + 1]);
      const auto low = hex_digit(text[i + 2]);
      if (high && low) {
        decoded.push_back(static_cast<char>(*high * 16 + *low));
        i += 2;
        continue;
      }
    }
    decoded.push_back(text[i] == '+' ? ' ' : text[i]);
  }
  return valid_utf8(decoded);
}

bool is_unreserved(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter || (c >= '0' && c <= '9') || std::string_view{"-._~"}.find(c) != std::string_view::npos;
}

/// Takes what stands before the separator off the front of the text, and the separator with it.
std::string_view take_until(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view head = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return head;
}

}  // namespace

Target split_target(std::string_view target) {
  const std::string_view path = take_until(target, '?');
  return {path, target};
}

std::string percent_encode(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    if (is_unreserved(c)) {
      encoded.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded.push_back('%');
    encoded.push_back("0123456789ABCDEF"[byte >> 4]);
    encoded.push_back("0123456789ABCDEF"[byte & 0x0F]);
  }
  return encoded;
}

Form::Form(std::string_view encoded) {
  while (!encoded.empty()) {
    std::string_view field = take_until(encoded, '&');
    const std::string_view name = take_until(field, '=');
    fields_.emplace_back(form_decode(name), form_decode(field));
  }
}

std::string_view Form::get(std::string_view name) const {
  const auto field = std::ranges::find(fields_, name, &std::pair<std::string, std::string>::first);
  return field == fields_.end() ? std::string_view{} : std::string_view{field->second};
}

bool Form::has(std::string_view name) const {
  return std::ranges::find(fields_, name, &std::pair<std::string, std::string>::first) != fields_.end();
}

std::vector<std::string_view> Form::all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const auto& [field, value] : fields_) {
    if (field == name && !value.empty()) values.emplace_back(value);
  }
  return values;
}

}  // namespace messenger::simulator
