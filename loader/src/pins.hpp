// SPDX-License-Identifier: Apache-2.0
// Why an instance may not be ended yet, in one word.
#ifndef MESSENGER_LOADER_SRC_PINS_HPP
#define MESSENGER_LOADER_SRC_PINS_HPP

#include <atomic>
#include <cstdint>

namespace messenger::loader {

/// Counts what holds an instance: open ops, calls into its plugin, callbacks of its callers (pins), and calls that
/// services make into its plugin (calls). Closing is announced in the same word, so that whoever takes the last count
/// away knows without a lock that the reaper waits for it. [any thread]
class Pins {
 public:
  /// Adds pins. The caller holds one already, or knows that the instance is in force.
  void add(std::uint64_t count = 1) noexcept { word_.fetch_add(count, std::memory_order_acq_rel); }

  /// Adds a pin. False when the instance is being ended: the pin counts all the same, but opens nothing.
  bool add_if_alive() noexcept { return (word_.fetch_add(1, std::memory_order_acq_rel) & dead) == 0; }

  /// Takes pins away while nobody waits for that. False, having done nothing, once closing: then it is release_last().
  bool release_unless_closing(std::uint64_t count) noexcept;

  /// Takes pins away. True when these were the last counts: the instance may be gone by now.
  bool release_last(std::uint64_t count) noexcept;

  void enter() noexcept { word_.fetch_add(call, std::memory_order_acq_rel); }
  /// Turns a service's call into a pin, which the caller must release. False when there is no call to leave.
  bool leave_to_pin() noexcept;

  void close() noexcept { word_.fetch_or(closing, std::memory_order_acq_rel); }
  bool is_idle() const noexcept { return (word_.load(std::memory_order_acquire) & counts) == 0; }

  /// Marks a closing instance as dead when nothing holds it. From then on add_if_alive() fails.
  bool try_bury() noexcept;

 private:
  static constexpr std::uint64_t call = std::uint64_t{1} << 32;
  static constexpr std::uint64_t dead = std::uint64_t{1} << 62;
  static constexpr std::uint64_t closing = std::uint64_t{1} << 63;
  static constexpr std::uint64_t counts = dead - 1;

  std::atomic<std::uint64_t> word_{0};
};

}  // namespace messenger::loader

#endif
