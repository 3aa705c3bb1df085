// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace messenger::host {

/// A text from anywhere as valid UTF-8, cut to about `longest` bytes: what is not UTF-8 becomes U+FFFD.
std::string shown_text(std::string_view text, std::size_t longest);

}  // namespace messenger::host
