// SPDX-License-Identifier: Apache-2.0
// A named thread that can be given up.
#ifndef MESSENGER_LOADER_SRC_WORKER_HPP
#define MESSENGER_LOADER_SRC_WORKER_HPP

#include <functional>
#include <memory>
#include <thread>

#include "clock.hpp"

namespace messenger::loader {

/// A thread whose body owns all that it uses, so that it may outlive its owner when a plugin never returns.
class Worker {
 public:
  /// Runs `body` on a thread of this name (at most 15 characters), with all signals blocked: they are the host's.
  Worker(const char* name, std::function<void()> body);
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker();

  /// Joins, or lets the thread go when it has not ended by then. True when it was joined.
  bool join_until(Clock::time_point deadline);

 private:
  struct State;
  std::shared_ptr<State> state_;
  std::thread thread_;
};

}  // namespace messenger::loader

#endif
