// SPDX-License-Identifier: Apache-2.0
#include "pins.hpp"

namespace messenger::loader {

bool Pins::release_unless_closing(std::uint64_t count) noexcept {
  std::uint64_t word = word_.load(std::memory_order_relaxed);
  while ((word & closing) == 0) {
    if (word_.compare_exchange_weak(word, word - count, std::memory_order_acq_rel)) return true;
  }
  return false;
}

bool Pins::release_last(std::uint64_t count) noexcept {
  const std::uint64_t before = word_.fetch_sub(count, std::memory_order_acq_rel);
  return (before & counts) == count;
}

bool Pins::leave_to_pin() noexcept {
  std::uint64_t word = word_.load(std::memory_order_relaxed);
  while ((word & counts) >= call) {
    if (word_.compare_exchange_weak(word, word - call + 1, std::memory_order_acq_rel)) return true;
  }
  return false;
}

bool Pins::try_bury() noexcept {
  std::uint64_t expected = closing;
  return word_.compare_exchange_strong(expected, closing | dead, std::memory_order_acq_rel);
}

}  // namespace messenger::loader
