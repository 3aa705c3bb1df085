// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <random>
#include <string>

namespace messenger::crash {

/// What one run does; all that is by chance in it comes from the seed, but for what threads and kernels do.
struct Plan {
  std::uint64_t seed = 1;
  std::size_t messages = 2'000, hosts = 3;
  bool postgresql = true;
  std::chrono::milliseconds load{12'000};  ///< over which the messages are handed in
};

/// Numbers by chance, a stream for each use, so that what one draws does not change what another gets.
class Dice {
 public:
  Dice(std::uint64_t seed, std::uint64_t use) : engine_(seed * 1'000'003 + use) {}

  /// 0 … below - 1
  std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(engine_); }
  std::chrono::milliseconds between(int least, int most) {
    return std::chrono::milliseconds(std::uniform_int_distribution<int>(least, most)(engine_));
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace messenger::crash
