// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace messenger::host::cli {

/// Blocks SIGINT and SIGTERM for this thread and those it starts, so that an Interrupt can wait for them.
void block_interrupts();

/// Waits for something to finish or for Ctrl-C, whichever is first.
class Interrupt {
 public:
  /// Throws std::system_error when the system gives no descriptor.
  Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  ~Interrupt();

  /// [any] What wait() waits for has happened.
  void finish() const noexcept;
  /// True after finish(), false after a signal, which it takes.
  bool wait() noexcept;

 private:
  int finished_, signals_ = -1;
};

}  // namespace messenger::host::cli
