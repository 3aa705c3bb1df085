// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>

#include "certificate.hpp"
#include "workload.hpp"

namespace messenger::benchmark {

struct ServerOptions {
  int cpu = -1;                                                       // where it runs; negative = anywhere
  bool tls = false;                                                   // with an ECDSA P-256 certificate made for it
  std::chrono::milliseconds delay{0};                                 // between a request and its answer
  std::uint64_t answers = std::numeric_limits<std::uint64_t>::max();  // then requests are held without one
};

/// What the server's process and those of the contenders share.
struct ServerTally;

/// A provider that costs as little as it can: one epoll thread in a process of its own, answers ready made.
class Server {
 public:
  /// Forks; call it while the process has one thread. It listens when this returns.
  explicit Server(const ServerOptions& options);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  Provider provider() const;
  unsigned short port() const { return port_; }

  /// Also for processes forked after it was made. The bytes of the request that came last:
  std::string last_request() const;
  /// Requests that have come.
  std::uint64_t requests() const;

 private:
  unsigned short port_ = 0;
  pid_t child_ = -1;
  ServerTally* tally_;
  std::unique_ptr<test::TemporaryDirectory> directory_;  // of the certificate; null without TLS
};

}  // namespace messenger::benchmark
