// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <random>

namespace messenger::host {

/// No pause is longer, whoever asks for it: by then no message lives.
constexpr std::chrono::milliseconds longest_wait = std::chrono::hours(24 * 7);

/// `shortest` doubled so many times, `longest` at most.
std::chrono::milliseconds doubled(std::chrono::milliseconds shortest, std::chrono::milliseconds longest,
                                  std::int64_t times) noexcept;

/// The pause before the next attempt after so many failed rounds (1 …): by chance between nothing and
/// doubled(rounds - 1), so that what failed together does not come back together.
std::chrono::milliseconds back_off(std::int64_t rounds, std::chrono::milliseconds shortest,
                                   std::chrono::milliseconds longest, std::mt19937_64& chance);

}  // namespace messenger::host
