// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace messenger::host {

/// The JSON Pointer of the first member that its object has twice; empty when there is none. Of two values a parser
/// keeps one, and whoever wrote the other would never know. The text must be JSON.
std::string find_duplicate_member(std::string_view text);

}  // namespace messenger::host
