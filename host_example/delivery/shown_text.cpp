// SPDX-License-Identifier: Apache-2.0
#include "delivery/shown_text.hpp"

namespace messenger::host {

namespace {

// How long a character is that begins with this byte, and the least that so many bytes may stand for; 0 = none does.
struct Form {
  std::size_t length;
  unsigned least;
};

Form form_of(unsigned char first) {
  if (first < 0x80) {
    return {1, 0};
  }
  if ((first & 0xE0U) == 0xC0) {
    return {2, 0x80};
  }
  if ((first & 0xF0U) == 0xE0) {
    return {3, 0x800};
  }
  return (first & 0xF8U) == 0xF0 ? Form{4, 0x10000} : Form{0, 0};
}

// The length of the character at the text's start, or 0 when it is none.
std::size_t character_length(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const Form form = form_of(first);
  if (form.length < 2 || form.length > text.size()) {
    return form.length == 1 ? 1 : 0;
  }
  unsigned code = first & (0xFFU >> (form.length + 1));
  for (std::size_t i = 1; i < form.length; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0U) != 0x80) {
      return 0;
    }
    code = code << 6U | (next & 0x3FU);
  }
  const bool surrogate = code >= 0xD800 && code < 0xE000;
  return code >= form.least && code < 0x110000 && !surrogate ? form.length : 0;
}

}  // namespace

std::string shown_text(std::string_view text, std::size_t longest) {
  std::string shown;
  for (std::size_t at = 0; at < text.size() && shown.size() < longest;) {
    const std::size_t length = character_length(text.substr(at));
    shown += length == 0 ? std::string_view("\xEF\xBF\xBD") : text.substr(at, length);
    at += length == 0 ? 1 : length;
  }
  return shown;
}

}  // namespace messenger::host
