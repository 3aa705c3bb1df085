// SPDX-License-Identifier: Apache-2.0
#include "common/sms_parts.hpp"

#include <numeric>

namespace messenger::common {
namespace {

// How many of the sizes fit into room, and what they take.
struct Fit {
  std::size_t count = 0;
  std::size_t units = 0;
};

Fit fit(std::span<const std::size_t> sizes, std::size_t room) noexcept {
  Fit fitting;
  for (const std::size_t size : sizes) {
    if (fitting.units + size > room) {
      break;
    }
    fitting.units += size;
    ++fitting.count;
  }
  return fitting;
}

}  // namespace

SmsParts fill_sms_parts(std::span<const std::size_t> sizes, SmsCapacity capacity) noexcept {
  const Fit alone = fit(sizes, capacity.alone);
  if (alone.count == sizes.size()) {
    return {1, alone.units};
  }
  // The first part turns out to need a header too: what that pushes out, and what did not fit, begin the second, even
  // where large clusters make that too full. Twilio's calculator counts so.
  const std::size_t kept = fit(sizes, capacity.joined).count;
  const auto pushed = sizes.subspan(kept, alone.count + 1 - kept);
  SmsParts filled{2, std::accumulate(pushed.begin(), pushed.end(), std::size_t{0})};
  for (const std::size_t size : sizes.subspan(alone.count + 1)) {
    if (filled.units_in_last + size > capacity.joined) {
      ++filled.parts;
      filled.units_in_last = 0;
    }
    filled.units_in_last += size;
  }
  return filled;
}

}  // namespace messenger::common
