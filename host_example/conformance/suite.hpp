// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "conformance/rule.hpp"

namespace messenger::host::conformance {

/// One rule as it ended, for the file or for one of its types.
struct RuleResult {
  const Rule* rule;
  std::string type;  ///< empty = the file as a whole
  Finding finding;
};

/// A plugin against all rules.
struct Report {
  std::vector<std::string> types;
  std::vector<RuleResult> results;

  [[nodiscard]] std::size_t count(Verdict verdict) const;
};

/// How rules are tried: each in a child, which is this program with the arguments that `arguments` gives.
struct SuiteOptions {
  std::function<std::vector<std::string>(const Rule& rule, std::size_t index)> arguments;
  std::chrono::milliseconds limit{10'000};  ///< for each rule
  bool show_errors = false;                 ///< what a plugin writes to standard error goes to ours
};

/// Tries every rule. One whose needs have not passed is skipped.
Report run_suite(const SuiteOptions& options);

}  // namespace messenger::host::conformance
