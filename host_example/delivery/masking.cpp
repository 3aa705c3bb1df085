// SPDX-License-Identifier: Apache-2.0
#include "delivery/masking.hpp"

#include <algorithm>

namespace messenger::host {

// A short one keeps less than half of itself.
std::string masked_number(std::string_view number) {
  const std::size_t kept = std::min<std::size_t>(4, number.size() / 3);
  return std::string(number.size() - kept, '*').append(number.substr(number.size() - kept));
}

}  // namespace messenger::host
