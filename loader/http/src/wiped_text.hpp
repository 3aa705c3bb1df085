// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string.h>

#include <string>

namespace messenger::http {

/// Makes room for more characters. A string that grew by itself would leave its old text behind.
inline void reserve_wiped(std::string& text, std::size_t more) {
  if (text.size() + more <= text.capacity()) {
    return;
  }
  std::string larger;
  larger.reserve(2 * text.size() + more);
  larger.append(text);
  text.swap(larger);
  explicit_bzero(larger.data(), larger.size());
}

}  // namespace messenger::http
