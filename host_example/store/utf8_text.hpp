// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace messenger::host {

/// The text with U+FFFD in place of every NUL and of every byte that is no UTF-8.
std::string utf8_text(std::string_view text);

}  // namespace messenger::host
