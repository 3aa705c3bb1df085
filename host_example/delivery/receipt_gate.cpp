// SPDX-License-Identifier: Apache-2.0
#include "delivery/receipt_gate.hpp"

#include <utility>

namespace messenger::host {

namespace {

constexpr double burst_seconds = 10;
constexpr std::chrono::minutes telling_interval{1};

}  // namespace

ReceiptGate::Counts& ReceiptGate::counts_of(const std::string& messenger_id) {
  const TokenBucket full(per_second_, per_second_ * burst_seconds);
  return counts_.try_emplace(messenger_id, Counts{full, full}).first->second;
}

std::optional<std::chrono::milliseconds> ReceiptGate::pass(const std::string& messenger_id, bool genuine,
                                                           Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  Counts& counts = counts_of(messenger_id);
  return (genuine ? counts.genuine : counts.others).take(now);
}

std::uint64_t ReceiptGate::tell_refused(const std::string& messenger_id, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  Counts& counts = counts_of(messenger_id);
  ++counts.refused;
  if (now < counts.next_telling) {
    return 0;
  }
  counts.next_telling = now + telling_interval;
  return std::exchange(counts.refused, 0);
}

}  // namespace messenger::host
