// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <string>

namespace messenger::benchmark {

/// A provider that costs as little as it can: one epoll thread in a process of its own, answers ready made.
/// GET /last gives the bytes of the request before it.
class Server {
 public:
  /// Forks; call it before any thread is started. The child runs on `cpu`.
  explicit Server(int cpu);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

 private:
  unsigned short port_ = 0;
  pid_t child_ = -1;
};

/// Keeps this process and the threads it will start on one processor. False when the machine has it not.
bool pin_to(int cpu) noexcept;

}  // namespace messenger::benchmark
