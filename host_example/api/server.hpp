// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "api/router.hpp"
#include "runtime/log.hpp"

namespace messenger::host {

struct ServerOptions {
  std::string listen = "127.0.0.1:9011";  ///< address:port, "[::1]:9011"; port 0 = any that is free
  std::string tls_certificate, tls_key;   ///< PEM files, the certificate with its chain; both or neither
  std::size_t max_connections = 1'024;    ///< one more is answered with 503 and closed
  std::uint32_t max_header_bytes = 16'384;
  std::uint64_t max_body_bytes = 1'048'576;
  std::chrono::milliseconds header_timeout{10'000};  ///< TLS handshake; and from a request's first byte to its header
  std::chrono::milliseconds body_timeout{30'000};    ///< and for the client to take the answer
  std::chrono::milliseconds idle_timeout{60'000};    ///< between two requests
  unsigned workers = 4;                              ///< threads that run routes; they wait for the store only
};

/// HTTP/1.1 in front of a router. One thread `host-api` moves bytes, workers `host-worker` run routes.
class Server {
 public:
  /// Listens when this returns. Throws std::invalid_argument for a malformed address, std::runtime_error for an
  /// address that cannot be had or a TLS file that cannot be used. Router and log outlive this.
  Server(const ServerOptions& options, const Router& router, const Log& log);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  /// stop(0), if it was not called. Every Reply was called or dropped before.
  ~Server();

  /// "http://127.0.0.1:9011", with the port that was given.
  const std::string& url() const noexcept;

  /// Accepts nothing more, closes what is idle, lets requests that have begun end within this time, then closes the
  /// rest. True when none was cut off. A later Reply is forgotten.
  bool stop(std::chrono::milliseconds within);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace messenger::host
