// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "conformance/rule.hpp"

namespace messenger::host::conformance {

/// "passed", "failed", "skipped"; of an inapplicable rule "inapplicable".
std::string_view to_string(Verdict verdict) noexcept;

/// A finding as the line of JSON that a child writes.
std::string write_finding(const Finding& finding);
/// Nothing when the line is not one.
std::optional<Finding> read_finding(std::string_view line);

}  // namespace messenger::host::conformance
