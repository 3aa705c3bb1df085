// SPDX-License-Identifier: Apache-2.0
#include "pinning.hpp"

#include <sched.h>

namespace messenger::benchmark {

bool pin_to(int cpu) noexcept {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(static_cast<unsigned>(cpu), &set);
  return sched_setaffinity(0, sizeof set, &set) == 0;
}

}  // namespace messenger::benchmark
