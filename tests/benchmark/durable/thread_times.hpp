// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <map>
#include <string>

namespace messenger::benchmark {

/// Processor time of a process so far, in microseconds, by the names of its threads: what shares a name is one stage.
/// Threads that have ended are left out. Throws std::runtime_error when there is no such process.
using ThreadTimes = std::map<std::string, double>;
ThreadTimes thread_times(pid_t process);

/// What was added since.
ThreadTimes operator-(const ThreadTimes& now, const ThreadTimes& before);
double total(const ThreadTimes& times);

}  // namespace messenger::benchmark
