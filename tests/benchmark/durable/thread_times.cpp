// SPDX-License-Identifier: Apache-2.0
#include "thread_times.hpp"

#include <filesystem>
#include <fstream>
#include <numeric>
#include <stdexcept>

namespace messenger::benchmark {

ThreadTimes thread_times(pid_t process) {
  ThreadTimes times;
  std::error_code error;
  for (const auto& thread : std::filesystem::directory_iterator("/proc/" + std::to_string(process) + "/task", error)) {
    std::string name;
    double nanoseconds = 0;
    std::ifstream(thread.path() / "comm") >> name;
    std::ifstream(thread.path() / "schedstat") >> nanoseconds;
    times[name] += nanoseconds / 1'000;
  }
  if (error) {
    throw std::runtime_error("process " + std::to_string(process) + ": " + error.message());
  }
  return times;
}

ThreadTimes operator-(const ThreadTimes& now, const ThreadTimes& before) {
  ThreadTimes added = now;
  for (const auto& [name, time] : before) {
    added[name] -= time;
  }
  return added;
}

double total(const ThreadTimes& times) {
  return std::accumulate(times.begin(), times.end(), 0.0,
                         [](double sum, const auto& thread) { return sum + thread.second; });
}

}  // namespace messenger::benchmark
