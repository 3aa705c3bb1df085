// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <curl/curl.h>
#include <sys/epoll.h>

#include <cstdint>
#include <vector>

namespace messenger::http {

class Multi;

/// Which sockets epoll watches for libcurl. A pooled connection stays registered from one transfer to the next, which
/// saves two system calls a request; libcurl itself takes its sockets out and in again each time.
class SocketWatch {
 public:
  /// Throws std::system_error when the system gives no epoll.
  SocketWatch();
  SocketWatch(const SocketWatch&) = delete;
  SocketWatch& operator=(const SocketWatch&) = delete;
  ~SocketWatch();

  /// Watches the loop's own wake-up descriptor.
  void add_wakeup(int descriptor) const;
  /// A connection's socket was made: it may stay registered while it is idle.
  void opened(Multi& multi, curl_socket_t socket);
  /// It is about to be closed, which takes it out of epoll. Gives whose connection it was; null when it was none.
  Multi* closing(curl_socket_t socket) noexcept;
  /// libcurl's wish: CURL_POLL_IN, CURL_POLL_OUT, CURL_POLL_INOUT or CURL_POLL_REMOVE.
  void want(Multi& multi, curl_socket_t socket, int what);
  /// An event came: whom it is for. Null when libcurl does not wait for it: an idle connection was closed by its peer.
  Multi* waiting(curl_socket_t socket) noexcept;

  int epoll() const noexcept { return epoll_; }

 private:
  struct Watch {
    std::uint32_t registered = 0, wanted = 0;
    bool pooled = false;
    Multi* multi = nullptr;
  };

  Watch& watch(curl_socket_t socket);
  void set(curl_socket_t socket, Watch& entry, std::uint32_t events) const noexcept;

  int epoll_;
  std::vector<Watch> watches_;  // by descriptor
};

}  // namespace messenger::http
