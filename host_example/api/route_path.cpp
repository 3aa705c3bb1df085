// SPDX-License-Identifier: Apache-2.0
#include "api/route_path.hpp"

#include <algorithm>

namespace messenger::host {

namespace {

PathPart part_of(std::string_view text) {
  if (!text.starts_with('{')) {
    return {std::string(text), {}, false};
  }
  text = text.substr(1, text.size() - 2);
  const std::size_t colon = std::min(text.find(':'), text.size());
  return {std::string(text.substr(0, colon)), std::string(text.substr(std::min(colon + 1, text.size()))), true};
}

}  // namespace

std::vector<PathPart> parts_of(std::string_view route_path) {
  std::vector<PathPart> parts;
  for (std::size_t at = 1; at <= route_path.size();) {
    const std::size_t end = std::min(route_path.find('/', at), route_path.size());
    parts.push_back(part_of(route_path.substr(at, end - at)));
    at = end + 1;
  }
  return parts;
}

}  // namespace messenger::host
