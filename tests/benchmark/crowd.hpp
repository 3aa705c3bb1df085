// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "options.hpp"
#include "report.hpp"

namespace messenger::benchmark {

/// How many sends a crowd is: 10,000, fewer in a small run, and no more than descriptors allow, whose limit it raises
/// as far as it can.
std::size_t crowd(const Options& options, Report& report);

}  // namespace messenger::benchmark
