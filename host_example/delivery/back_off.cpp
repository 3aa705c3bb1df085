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

milliseconds back_off(std::int64_t rounds, milliseconds shortest, milliseconds longest, milliseconds retry_after,
                      std::mt19937_64& chance) {
  const milliseconds most = doubled(shortest, longest, rounds - 1);
  const milliseconds drawn(std::uniform_int_distribution<std::int64_t>(0, std::max<std::int64_t>(most.count(), 0))(chance));
  return std::clamp(std::max(drawn, retry_after), milliseconds(0), longest_wait);
}

}  // namespace messenger::host
