// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/loader/report.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace messenger::host {

/// A messenger as FusionAuth's API writes it, taken apart: what is the host's, and what is the plugin's.
struct MessengerDocument {
  std::string id;  ///< empty when it has none
  std::string name, type;
  bool debug = false;
  std::string config;                 ///< JSON object of the plugin's members
  std::vector<loader::Issue> issues;  ///< of the document and of the host's members; pointers start at /messenger
};

/// Takes {"messenger":{…}} apart. Where there are issues, only the type (if it is a string) is sure to be set.
MessengerDocument parse_messenger(std::string_view text);

/// A plugin's issues with their pointers moved to /messenger.
std::vector<loader::Issue> within_messenger(std::vector<loader::Issue> issues);

/// A JSON Pointer as FusionAuth writes a field: "/messenger/headers/X-A" is "messenger.headers.X-A".
std::string dotted(std::string_view pointer);

}  // namespace messenger::host
