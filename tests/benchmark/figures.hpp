// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace messenger::benchmark {

/// Processor time of this process (user and system, all threads) and wall time since it was made.
class Stopwatch {
 public:
  Stopwatch();
  /// Microseconds of both for each send: {CPU, wall}.
  std::vector<double> cost(std::size_t sends) const;

 private:
  double cpu_us_, wall_us_;
};

/// The value below which this share (0 … 1) of all lies.
double quantile(std::vector<double> values, double share);
double median(const std::vector<double>& values);
/// Half the distance between the quartiles, relative to the median: how noisy the runs were.
double spread(const std::vector<double>& values);

}  // namespace messenger::benchmark
