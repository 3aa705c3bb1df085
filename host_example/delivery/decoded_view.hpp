// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace messenger::host {

/// A text without its escapes, and where each of its bytes stands in the text that it was made of.
struct DecodedView {
  std::string text;
  std::vector<std::size_t> origin;  ///< one more than the text has bytes: the last is where its end stands
};

/// The text itself, then with the escapes of JSON, URLs and HTML undone once, twice … until none is left, at most four
/// times. With `cut_off` an escape that the text ends within is left out of all but the first.
std::vector<DecodedView> decoded_views(std::string_view text, bool cut_off);

}  // namespace messenger::host
