// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <map>

namespace messenger::benchmark {

/// Processor time so far, in microseconds, of a process and of its children, by process: a PostgreSQL server and its
/// connections. Empty when there is no such process.
using FamilyTimes = std::map<pid_t, double>;
FamilyTimes family_times(pid_t process);

/// What all that live now have added; who has ended in between is left out.
double added(const FamilyTimes& now, const FamilyTimes& before);

}  // namespace messenger::benchmark
