// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "workload.hpp"

namespace messenger::benchmark {

/// Processor time of this process (user and system, all threads) and wall time since it was made.
class Stopwatch {
 public:
  Stopwatch();
  Cost cost(std::size_t sends) const;

 private:
  double cpu_us_, wall_us_;
};

double median(std::vector<double> values);
/// Half the distance between the quartiles, relative to the median: how noisy the runs were.
double spread(std::vector<double> values);

}  // namespace messenger::benchmark
