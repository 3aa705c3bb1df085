// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "delivery/token_bucket.hpp"

namespace messenger::host {

/// Why a receipt is not taken.
enum class Refusal {
  forged,     ///< it is not the provider's
  malformed,  ///< it is, and is not understood
  too_many    ///< more come than are taken
};
std::string_view to_string(Refusal why) noexcept;

/// How many receipts of each messenger come in. Genuine and other ones are counted apart, so that nobody can use up
/// what is the provider's; and every refused one is counted until it is told of. [any thread]
class ReceiptGate {
 public:
  using Clock = TokenBucket::Clock;
  struct Refused {
    std::string messenger_id;
    Refusal why;
    std::uint64_t count;
  };

  explicit ReceiptGate(double per_second) : per_second_(per_second) {}

  /// Nothing = it may pass; else how long to wait.
  std::optional<std::chrono::milliseconds> pass(const std::string& messenger_id, bool genuine, Clock::time_point now);

  /// Counts a refused receipt. True = tell of it now, and of those that follow in a while, as rest() gives them.
  bool refuse(const std::string& messenger_id, Refusal why);
  /// How many have been refused since one was told of. 0 = none, and the next is to be told of at once again.
  std::uint64_t rest(const std::string& messenger_id, Refusal why);
  /// All that there is to tell of yet.
  std::vector<Refused> rest();

 private:
  struct Untold {
    bool is_told_of_later = false;
    std::uint64_t count = 0;
  };
  struct Counts {
    TokenBucket genuine, others;
    std::array<Untold, 3> refused = {};  // by Refusal
  };
  Counts& counts_of(const std::string& messenger_id);
  Untold& untold(const std::string& messenger_id, Refusal why);

  const double per_second_;
  std::mutex mutex_;
  std::map<std::string, Counts> counts_;  // of messengers that exist or did
};

}  // namespace messenger::host
