// SPDX-License-Identifier: Apache-2.0
#include "figures.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace messenger::benchmark {

namespace {

double microseconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
}

double cpu_now() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return microseconds(usage.ru_utime) + microseconds(usage.ru_stime);
}

double wall_now() {
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

Stopwatch::Stopwatch() : cpu_us_(cpu_now()), wall_us_(wall_now()) {}

std::vector<double> Stopwatch::cost(std::size_t sends) const {
  const auto count = static_cast<double>(sends);
  return {(cpu_now() - cpu_us_) / count, (wall_now() - wall_us_) / count};
}

double quantile(std::vector<double> values, double share) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1) + 0.5);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

double median(const std::vector<double>& values) {
  return quantile(values, 0.5);
}

double spread(const std::vector<double>& values) {
  const double middle = median(values);
  return middle == 0 ? 0 : std::abs((quantile(values, 0.75) - quantile(values, 0.25)) / 2 / middle);
}

}  // namespace messenger::benchmark
