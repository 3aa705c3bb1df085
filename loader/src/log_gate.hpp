// SPDX-License-Identifier: Apache-2.0
// The way to the host's log function, which ends with the shutdown.
#ifndef MESSENGER_LOADER_SRC_LOG_GATE_HPP
#define MESSENGER_LOADER_SRC_LOG_GATE_HPP

#include <atomic>
#include <cstdint>
#include <messenger/loader/options.hpp>

#include "clock.hpp"

namespace messenger::loader {

/// A parked plugin may log for as long as the process lives; what the host's log function uses may not live so long.
class LogGate {
 public:
  explicit LogGate(LogFunction log) : log_(std::move(log)) {}

  /// One line to the host, unless the gate is closed. What the log function throws is swallowed. [any thread]
  void write(LogLevel level, std::string_view who, std::string_view text) noexcept;

  /// No call begins after this; waits until `deadline` for those under way, then forgets the function.
  void close(Clock::time_point deadline) noexcept;

 private:
  LogFunction log_;
  std::atomic<bool> closed_{false};
  std::atomic<std::uint32_t> active_{0};
};

}  // namespace messenger::loader

#endif
