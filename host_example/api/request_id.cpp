// SPDX-License-Identifier: Apache-2.0
#include "api/request_id.hpp"

#include <algorithm>
#include <cctype>

#include "runtime/uuid_text.hpp"

namespace messenger::host {

std::string request_id(std::string_view given) {
  const auto fit = [](char character) {
    return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '-' || character == '_' ||
           character == '.';
  };
  const bool usable = !given.empty() && given.size() <= 64 && std::all_of(given.begin(), given.end(), fit);
  return usable ? std::string(given) : new_uuid();
}

}  // namespace messenger::host
