// SPDX-License-Identifier: Apache-2.0
// The clock of the ABI: steady, in nanoseconds.
#ifndef MESSENGER_LOADER_SRC_CLOCK_HPP
#define MESSENGER_LOADER_SRC_CLOCK_HPP

#include <chrono>
#include <cstdint>

namespace messenger::loader {

using Clock = std::chrono::steady_clock;

/// A point of the steady clock as the ABI counts it.
inline std::int64_t to_ns(Clock::time_point time) noexcept {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
}

inline Clock::time_point from_ns(std::int64_t time) noexcept {
  return Clock::time_point(std::chrono::duration_cast<Clock::duration>(std::chrono::nanoseconds(time)));
}

inline std::int64_t now_ns() noexcept {
  return to_ns(Clock::now());
}

/// From here on a call counts as slow.
inline constexpr std::int64_t slow_call_ns = 5'000'000;

}  // namespace messenger::loader

#endif
