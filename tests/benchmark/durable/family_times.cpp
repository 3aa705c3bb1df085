// SPDX-License-Identifier: Apache-2.0
#include "family_times.hpp"

#include <fstream>
#include <stdexcept>
#include <string>

#include "thread_times.hpp"

namespace messenger::benchmark {

namespace {

void add(FamilyTimes& times, pid_t process) {
  try {
    times[process] = total(thread_times(process));
  } catch (const std::runtime_error&) {
    // It has just ended.
  }
}

}  // namespace

FamilyTimes family_times(pid_t process) {
  FamilyTimes times;
  if (process == 0) {
    return times;
  }
  add(times, process);
  const std::string id = std::to_string(process);
  std::ifstream children("/proc/" + id + "/task/" + id + "/children");
  for (pid_t child = 0; children >> child;) {
    add(times, child);
  }
  return times;
}

double added(const FamilyTimes& now, const FamilyTimes& before) {
  double sum = 0;
  for (const auto& [process, time] : now) {
    const auto known = before.find(process);
    sum += known == before.end() ? time : time - known->second;
  }
  return sum;
}

}  // namespace messenger::benchmark
