// SPDX-License-Identifier: Apache-2.0
#include "log_gate.hpp"

#include <thread>

namespace messenger::loader {

void LogGate::write(LogLevel level, std::string_view who, std::string_view text) noexcept {
  active_.fetch_add(1);
  if (!closed_.load() && log_) {
    try {
      log_(level, who, text);
    } catch (...) {  // a host whose log fails has nowhere left to hear of it
    }
  }
  active_.fetch_sub(1);
}

void LogGate::close(Clock::time_point deadline) noexcept {
  closed_.store(true);
  // Polled: once per registry, and a waiting mechanism in write() would cost every line.
  while (active_.load() != 0) {
    if (Clock::now() >= deadline) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  log_ = nullptr;
}

}  // namespace messenger::loader
