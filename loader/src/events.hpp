// SPDX-License-Identifier: Apache-2.0
// What is counted, for a registry and for each of its instances.
#ifndef MESSENGER_LOADER_SRC_EVENTS_HPP
#define MESSENGER_LOADER_SRC_EVENTS_HPP

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <messenger/loader/report.hpp>

namespace messenger::loader {

enum class Event : std::uint8_t {
  second_completion,
  foreign_completion,
  late_completion,
  unknown_outcome,
  deadline_answer,
  stuck_send,
  slow_call,
  slow_completion,
  plugin_exception,
  completion_exception,
  unbalanced_leave,
  foreign_output,
  malformed_output,
  parked
};

/// One counter per event. [any thread]
class Counters {
 public:
  /// Counts one and gives the new number.
  std::uint64_t add(Event event) noexcept { return at(event).fetch_add(1, std::memory_order_relaxed) + 1; }
  std::uint64_t get(Event event) const noexcept {
    return counts_[static_cast<std::size_t>(event)].load(std::memory_order_relaxed);
  }
  /// All of them under their public names.
  Stats stats() const noexcept;

 private:
  std::atomic<std::uint64_t>& at(Event event) noexcept { return counts_[static_cast<std::size_t>(event)]; }

  std::array<std::atomic<std::uint64_t>, static_cast<std::size_t>(Event::parked) + 1> counts_{};
};

}  // namespace messenger::loader

#endif
