// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

namespace messenger::host {

/// Lets so many through in a second on average, and `burst` at once. Whoever uses it brings lock and clock.
class TokenBucket {
 public:
  using Clock = std::chrono::steady_clock;

  TokenBucket(double per_second, double burst) : per_second_(per_second), burst_(burst), tokens_(burst) {}

  /// Nothing = one is taken; else how long until there is one.
  std::optional<std::chrono::milliseconds> take(Clock::time_point now) {
    const double passed = std::chrono::duration<double>(now - last_).count();
    tokens_ = last_ == Clock::time_point{} ? burst_ : std::min(burst_, tokens_ + passed * per_second_);
    last_ = now;
    if (tokens_ >= 1) {
      tokens_ -= 1;
      return std::nullopt;
    }
    const std::chrono::duration<double, std::milli> missing((1 - tokens_) / per_second_ * 1'000);
    return std::chrono::ceil<std::chrono::milliseconds>(missing);
  }

 private:
  double per_second_, burst_, tokens_;
  Clock::time_point last_{};
};

}  // namespace messenger::host
