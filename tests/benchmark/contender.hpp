// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <functional>
#include <vector>

#include "workload.hpp"

namespace messenger::benchmark {

/// One side of a comparison, in a process of its own: our service replaces libcurl's memory functions, and each side's
/// pools, caches and heap must be its own. It waits for its turns, in which it is the only one that runs.
class Contender {
 public:
  using Figures = std::vector<double>;
  /// A turn; what it gives comes back to the parent.
  using Turn = std::function<Figures(const Run&)>;

  /// Forks; the caller must have one thread. `make` runs in the child, on `cpu` (negative: on any).
  Contender(int cpu, const std::function<Turn()>& make);
  Contender(const Contender&) = delete;
  Contender& operator=(const Contender&) = delete;
  /// Kills the child.
  ~Contender();

  /// Throws std::runtime_error with the child's words when its turn, or its start, threw; or when it is gone.
  Figures run(const Run& run);

 private:
  int socket_ = -1;
  pid_t child_ = -1;
};

}  // namespace messenger::benchmark
