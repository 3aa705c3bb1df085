// SPDX-License-Identifier: Apache-2.0
// The child's side of run_child.
#pragma once

#include <string_view>

namespace messenger::host::conformance {

/// Where a child writes its finding.
inline constexpr int finding_descriptor = 3;

/// Hands over a line and ends the process, however many threads the plugin has left. Safe in a signal handler.
[[noreturn]] void finish_child(std::string_view line) noexcept;

}  // namespace messenger::host::conformance
