// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace messenger::host {

/// What base64 of anything that has this text in it must have in it, whatever stands before. The text has four bytes
/// or more: of less there is too little to be told.
std::vector<std::string> base64_traces_of(std::string_view text);

}  // namespace messenger::host
