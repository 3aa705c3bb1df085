// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "runtime/log.hpp"

namespace messenger::host {

/// Adds "Name: value" to an entry of the event log as a line of its own; an empty value is left out.
inline void append_line(std::string& text, std::string_view name, std::string_view value) {
  if (!value.empty()) {
    text.append("\n").append(name).append(": ").append(one_line(value));
  }
}

}  // namespace messenger::host
