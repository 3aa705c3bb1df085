// SPDX-License-Identifier: Apache-2.0
#include "delivery/receipt_gate.hpp"

#include <utility>

namespace messenger::host {

namespace {

constexpr double burst_seconds = 10;

}  // namespace

std::string_view to_string(Refusal why) noexcept {
  switch (why) {
    case Refusal::forged:
      return "it is not the provider's, or that cannot be told";
    case Refusal::malformed:
      return "it is the provider's, but not understood";
    case Refusal::too_many:
      break;
  }
  return "more come than are taken";
}

ReceiptGate::Counts& ReceiptGate::counts_of(const std::string& messenger_id) {
  const TokenBucket full(per_second_, per_second_ * burst_seconds);
  return counts_.try_emplace(messenger_id, Counts{full, full}).first->second;
}

ReceiptGate::Untold& ReceiptGate::untold(const std::string& messenger_id, Refusal why) {
  return counts_of(messenger_id).refused.at(static_cast<std::size_t>(why));
}

std::optional<std::chrono::milliseconds> ReceiptGate::pass(const std::string& messenger_id, bool genuine,
                                                           Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  Counts& counts = counts_of(messenger_id);
  return (genuine ? counts.genuine : counts.others).take(now);
}

bool ReceiptGate::refuse(const std::string& messenger_id, Refusal why) {
  const std::lock_guard lock(mutex_);
  Untold& refused = untold(messenger_id, why);
  if (!std::exchange(refused.is_told_of_later, true)) {
    return true;
  }
  ++refused.count;
  return false;
}

std::uint64_t ReceiptGate::rest(const std::string& messenger_id, Refusal why) {
  const std::lock_guard lock(mutex_);
  Untold& refused = untold(messenger_id, why);
  refused.is_told_of_later = refused.count != 0;
  return std::exchange(refused.count, 0);
}

std::vector<ReceiptGate::Refused> ReceiptGate::rest() {
  const std::lock_guard lock(mutex_);
  std::vector<Refused> all;
  for (auto& [messenger_id, counts] : counts_) {
    for (const Refusal why : {Refusal::forged, Refusal::malformed, Refusal::too_many}) {
      if (const auto count = std::exchange(counts.refused.at(static_cast<std::size_t>(why)).count, 0); count != 0) {
        all.push_back({messenger_id, why, count});
      }
    }
  }
  return all;
}

}  // namespace messenger::host
