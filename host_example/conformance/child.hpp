// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "conformance/rule.hpp"

namespace messenger::host::conformance {

/// How a child is run.
struct ChildOptions {
  std::vector<std::string> arguments;  ///< of this same program, the program's name first
  std::chrono::milliseconds limit{};   ///< after this it is ended
  bool show_errors = false;            ///< its standard error is ours; else nobody's
};

/// Runs this program once more as a child and gives what it found. A child that ends in any other way than by a
/// finding, or not within its limit, has failed. Throws std::system_error when the system gives no process.
Finding run_child(const ChildOptions& options);

}  // namespace messenger::host::conformance
