// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstddef>

#include "durable/family_times.hpp"

namespace messenger::benchmark {

/// What a step has cost.
struct Spent {
  double cpu_us = 0;  ///< of this process and, where there is one, of the database's server
  double wall_us = 0;
  double bytes = 0;  ///< written by this process's system calls: SQLite's log, and what goes from it into the file
  std::size_t units = 0;

  Spent& operator+=(const Spent& other);
};

/// Measures steps, each of which is a unit of work.
class Meter {
 public:
  /// `server`: PostgreSQL's; 0 = none.
  explicit Meter(pid_t server) : server_(server) {}

  template <class Work>
  void run(Spent& spent, Work work) const {
    const Reading before = read();
    work();
    spent += since(before);
  }

 private:
  struct Reading {
    Spent own;
    FamilyTimes server;
  };

  Reading read() const;
  Spent since(const Reading& before) const;

  pid_t server_;
};

}  // namespace messenger::benchmark
