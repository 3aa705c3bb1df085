// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace messenger::host::conformance {

/// A configuration that the user gave, for one type.
struct GivenConfiguration {
  std::string type, json;
};

/// What a child is to do: try one rule on one type of a plugin.
struct Assignment {
  std::filesystem::path plugin;
  std::string rule;
  std::uint32_t type_index = 0;
  std::optional<GivenConfiguration> given{};  ///< else one is made from the schema
};

/// Tries the rule, hands its finding to the parent, and ends the process. Throws std::invalid_argument when there is no
/// such rule.
[[noreturn]] void carry_out(const Assignment& assignment);

}  // namespace messenger::host::conformance
