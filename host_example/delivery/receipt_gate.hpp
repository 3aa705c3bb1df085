// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "delivery/token_bucket.hpp"

namespace messenger::host {

/// How many receipts of each messenger come in. Genuine and other ones are counted apart, so that nobody can use up
/// what is the provider's; and of refused ones only one a minute is told. [any thread]
class ReceiptGate {
 public:
  using Clock = TokenBucket::Clock;

  explicit ReceiptGate(double per_second) : per_second_(per_second) {}

  /// Nothing = it may pass; else how long to wait.
  std::optional<std::chrono::milliseconds> pass(const std::string& messenger_id, bool genuine, Clock::time_point now);

  /// Counts a refused receipt; gives how many there are to be told of now, 0 = nothing is to be told yet.
  std::uint64_t tell_refused(const std::string& messenger_id, Clock::time_point now);

 private:
  struct Counts {
    TokenBucket genuine, others;
    std::uint64_t refused = 0;
    Clock::time_point next_telling{};
  };
  Counts& counts_of(const std::string& messenger_id);

  const double per_second_;
  std::mutex mutex_;
  std::map<std::string, Counts> counts_;  // of messengers that exist or did
};

}  // namespace messenger::host
