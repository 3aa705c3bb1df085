// SPDX-License-Identifier: Apache-2.0
#include "delivery/base64_traces.hpp"

#include "store/base64.hpp"

namespace messenger::host {

// Three bytes are four characters, so the text can stand in three ways; what it shares a character with is left out.
std::vector<std::string> base64_traces_of(std::string_view text) {
  std::vector<std::string> traces;
  for (const Base64 form : {Base64::unpadded, Base64::url}) {
    for (std::size_t before = 0; before < 3; ++before) {
      const std::string encoded = to_base64(std::string(before, '\0').append(text), form);
      const std::size_t first = (before * 8 + 5) / 6;
      const std::size_t end = (before + text.size()) * 8 / 6;
      traces.push_back(encoded.substr(first, end - first));
    }
  }
  return traces;
}

}  // namespace messenger::host
