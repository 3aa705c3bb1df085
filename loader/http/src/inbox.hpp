// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "transfer.hpp"

namespace messenger::http {

/// What a thread asks of an I/O loop that is not its own.
struct Command {
  enum class Kind { submit, cancel, close } kind;
  Endpoint* endpoint;
  std::unique_ptr<Transfer> transfer;  // to submit
  std::uint64_t ticket;                // to cancel
};

/// The commands for one I/O loop, and what wakes it. A system call is made only when the loop has said that it sleeps.
class Inbox {
 public:
  /// So many commands fit before it grows.
  static constexpr std::size_t kept = 256;

  /// Throws std::system_error when the system gives no descriptor.
  Inbox();
  Inbox(const Inbox&) = delete;
  Inbox& operator=(const Inbox&) = delete;
  ~Inbox();

  /// [any] False once the loop has ended: nobody would read it.
  bool post(Command command);
  /// [any] Wakes the loop to end.
  void stop() noexcept;

  // On the loop's thread.
  /// Puts what has come into `commands`, which is empty and keeps its room. True when the loop is to end.
  bool take(std::vector<Command>& commands);
  /// From now on the wake-up is written. False when something has come already, or the loop is to end.
  bool fall_asleep();
  void wake_up();
  /// True when nothing has come: then nothing will any more.
  bool try_to_end();

  /// Readable when somebody wakes the loop.
  int descriptor() const noexcept { return descriptor_; }
  void clear_descriptor() const noexcept;

 private:
  const int descriptor_;  // eventfd
  std::mutex mutex_;
  // guarded by mutex_:
  std::vector<Command> commands_;
  bool asleep_ = false, stopping_ = false, ended_ = false;
};

}  // namespace messenger::http
