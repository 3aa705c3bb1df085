// SPDX-License-Identifier: Apache-2.0
// How a text may look in what a provider repeats of a request.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace messenger::host {

/// As part of a JSON string, of a URL and of a form, in the ways that are in use; the text itself is the first.
std::vector<std::string> encodings_of(std::string_view text);

/// What base64 of anything that has this text in it must have in it, whatever stands before; empty for a text that is
/// too short to be told.
std::vector<std::string> base64_traces_of(std::string_view text);

}  // namespace messenger::host
