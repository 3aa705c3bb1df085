// SPDX-License-Identifier: Apache-2.0
#include "delivery/back_off.hpp"

#include <algorithm>

namespace messenger::host {

using std::chrono::milliseconds;

milliseconds doubled(milliseconds shortest, milliseconds longest, std::int64_t times) noexcept {
  milliseconds pause = std::min(shortest, longest);
  for (; times > 0 && pause < longest && pause.count() > 0; --times) {
    pause = std::min(2 * pause, longest);
  }
  return pause;
}

milliseconds back_off(std::int64_t rounds, milliseconds shortest, milliseconds longest, std::mt19937_64& chance) {
  const std::int64_t most = doubled(shortest, longest, rounds - 1).count();
  return milliseconds(std::uniform_int_distribution<std::int64_t>(0, std::max<std::int64_t>(most, 0))(chance));
}

}  // namespace messenger::host
