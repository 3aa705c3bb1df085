// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/types.h>

#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "server.hpp"
#include "tally.hpp"

namespace messenger::benchmark {

/// The server's process: one thread, all connections.
class Responder {
 public:
  /// `tls` may be null.
  Responder(int listener, const ServerOptions& options, SSL_CTX* tls, ServerTally& tally);

  [[noreturn]] void run();

 private:
  using Clock = std::chrono::steady_clock;
  struct Connection {
    std::string pending;
    SSL* tls = nullptr;
    std::uint64_t serial = 0;  // which connection this descriptor is; 0 = none
  };
  struct Due {
    Clock::time_point at;
    int socket;
    std::uint64_t serial;
    const std::string* bytes;
  };

  void watch(int socket) const;
  void accept_all();
  void serve(int socket);
  bool read(int socket, Connection& connection) const;
  void take(int socket, Connection& connection, std::string_view request);
  void write(int socket, const Connection& connection, const std::string& bytes) const;
  void close(int socket, Connection& connection) const;
  void send_due();
  int wait_milliseconds() const;

  int listener_, epoll_;
  ServerOptions options_;
  SSL_CTX* tls_;
  ServerTally& tally_;
  std::vector<Connection> connections_;  // by descriptor
  std::uint64_t last_serial_ = 0, answered_ = 0;
  std::deque<Due> due_;  // the delay is the same for all, so it is in order
  const std::string twilio_, webhook_;
};

}  // namespace messenger::benchmark
