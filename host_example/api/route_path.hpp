// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace messenger::host {

/// A part of a route's path between two slashes.
struct PathPart {
  std::string text;  ///< of a parameter, its name
  std::string kind;  ///< of a parameter: "uuid", "long" or ""
  bool parameter = false;
};

/// "/api/messenger/{messengerId:uuid}" in its parts.
std::vector<PathPart> parts_of(std::string_view route_path);

}  // namespace messenger::host
