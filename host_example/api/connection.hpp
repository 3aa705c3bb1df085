// SPDX-License-Identifier: Apache-2.0
// One client's connection: requests in, answers out, one after the other.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl.hpp>
#include <functional>
#include <unordered_set>

#include "api/router.hpp"
#include "api/server.hpp"

namespace messenger::host {

namespace asio = boost::asio;
namespace beast = boost::beast;

using PlainStream = beast::tcp_stream;
using TlsStream = beast::ssl_stream<beast::tcp_stream>;

/// What a connection shows to the server that may have to end it. [I/O thread]
class ClientConnection {
 public:
  ClientConnection() = default;
  ClientConnection(const ClientConnection&) = delete;
  ClientConnection& operator=(const ClientConnection&) = delete;

  /// Ends it now if no request has begun.
  virtual void close_if_idle() = 0;
  /// Ends it now.
  virtual void close() = 0;

 protected:
  ~ClientConnection() = default;
};

/// What all connections of a server share. [I/O thread, but router and workers]
struct ConnectionShared {
  const ServerOptions& options;
  const Router& router;
  const Log& log;
  asio::thread_pool& workers;
  std::unordered_set<ClientConnection*> open = {};
  bool stopping = false;
  std::function<void()> closed = {};  // after each that went out of `open`
};

/// Runs until the connection ends; never throws.
asio::awaitable<void> serve(PlainStream stream, ConnectionShared& shared);
asio::awaitable<void> serve(TlsStream stream, ConnectionShared& shared);
/// Answers 503 and ends.
asio::awaitable<void> turn_away(PlainStream stream);

}  // namespace messenger::host
