// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_DETAIL_JSON_POINTER_HPP
#define MESSENGER_DETAIL_JSON_POINTER_HPP

#include <cstddef>
#include <string>
#include <string_view>

namespace messenger::detail {

/// Appends "/name" to an RFC 6901 pointer, with ~ and / escaped.
inline void append_token(std::string& pointer, std::string_view name) {
  pointer += '/';
  for (const char c : name) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
}

/// The pointer of a member of the root.
inline std::string pointer_to(std::string_view name) {
  std::string pointer;
  append_token(pointer, name);
  return pointer;
}

/// Takes the first token off the pointer, unescaped; the pointer must start with '/'.
inline std::string take_token(std::string_view& pointer) {
  pointer.remove_prefix(1);
  const std::string_view raw = pointer.substr(0, pointer.find('/'));
  pointer.remove_prefix(raw.size());
  std::string token;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const bool escape = raw[i] == '~' && i + 1 < raw.size() && (raw[i + 1] == '0' || raw[i + 1] == '1');
    token += escape ? (raw[++i] == '0' ? '~' : '/') : raw[i];
  }
  return token;
}

}  // namespace messenger::detail

#endif
