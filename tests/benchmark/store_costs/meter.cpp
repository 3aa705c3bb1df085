// SPDX-License-Identifier: Apache-2.0
#include "store_costs/meter.hpp"

#include <sys/resource.h>

#include <chrono>
#include <fstream>
#include <string>

namespace messenger::benchmark {

namespace {

double bytes_written() {
  std::ifstream io("/proc/self/io");
  std::string name;
  double value = 0;
  while (io >> name >> value) {
    if (name == "wchar:") {
      return value;
    }
  }
  return 0;
}

double microseconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
}

double own_cpu_us() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return microseconds(usage.ru_utime) + microseconds(usage.ru_stime);
}

double wall_us() {
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

Spent& Spent::operator+=(const Spent& other) {
  cpu_us += other.cpu_us;
  wall_us += other.wall_us;
  bytes += other.bytes;
  units += other.units;
  return *this;
}

Meter::Reading Meter::read() const {
  return {{own_cpu_us(), wall_us(), bytes_written(), 0}, family_times(server_)};
}

Spent Meter::since(const Reading& before) const {
  const Reading now = read();
  return {now.own.cpu_us - before.own.cpu_us + added(now.server, before.server), now.own.wall_us - before.own.wall_us,
          now.own.bytes - before.own.bytes, 1};
}

}  // namespace messenger::benchmark
