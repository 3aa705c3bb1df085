// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace messenger::host::cli {

/// SIGINT and SIGTERM.
std::vector<int> stop_signals();

/// Blocks these for this thread and those it starts, so that an Interrupt can wait for them.
void block_signals(const std::vector<int>& signals);

/// Waits for something to finish or for a signal, whichever is first.
class Interrupt {
 public:
  /// The signals are blocked. Throws std::system_error when the system gives no descriptor.
  explicit Interrupt(const std::vector<int>& signals = stop_signals());
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  ~Interrupt();

  /// [any] What wait() waits for has happened.
  void finish() const noexcept;
  /// 0 after finish(), else the signal's number; the signal is taken.
  int wait() noexcept;

 private:
  int finished_, signals_ = -1;
};

}  // namespace messenger::host::cli
