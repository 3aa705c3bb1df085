// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "options.hpp"
#include "workload.hpp"

namespace messenger::benchmark {

/// One contender that sends and ends, for a tool that counts the whole process.
struct CountedRun {
  bool is_ours;
  Workload workload;
  Run run;
};

/// The arguments for this program, after its name, that make it such a run.
std::vector<std::string> counted_arguments(const Options& options, const CountedRun& counted);

/// Runs what counted_arguments() wrote. Throws std::exception.
void run_counted(const Options& options, const std::string& description);

}  // namespace messenger::benchmark
