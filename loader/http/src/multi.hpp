// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <curl/curl.h>

#include <cstddef>
#include <cstdint>
#include <limits>

#include "curl_handle.hpp"
#include "socket_watch.hpp"
#include "transfer.hpp"

namespace messenger::http {

/// Of a timer that is not set.
inline constexpr std::uint64_t never_ns = std::numeric_limits<std::uint64_t>::max();

/// One libcurl multi handle with its pool of connections. On the loop's thread.
class Multi {
 public:
  /// `now_ns` is the loop's time; it and the sockets must outlive this. Throws std::bad_alloc.
  Multi(std::size_t index, SocketWatch& sockets, const std::uint64_t& now_ns);
  Multi(const Multi&) = delete;
  Multi& operator=(const Multi&) = delete;
  ~Multi() = default;

  /// False when libcurl refuses.
  bool add(Transfer& transfer) noexcept;
  void remove(Transfer& transfer) noexcept;

  /// Lets libcurl work on a socket, or on what it wanted to be called for by now.
  void act(curl_socket_t socket, int what) noexcept;
  void act_if_due() noexcept;
  /// A transfer that libcurl has ended, and how; null when there is none. It still has to be removed.
  Transfer* take_ended(CURLcode& code) noexcept;

  /// How many connections libcurl may have here before it closes the longest idle one at each that becomes idle.
  void keep(std::size_t connections) noexcept;
  /// A connection of this pool was made or closed.
  void count_connection(bool made) noexcept { connections_ += made ? 1 : std::size_t(-1); }

  std::size_t index() const noexcept { return index_; }
  std::size_t transfers() const noexcept { return transfers_; }
  std::size_t connections() const noexcept { return connections_; }
  /// When libcurl wants to be called.
  std::uint64_t timer_ns() const noexcept { return timer_ns_; }
  /// When its last transfer left; counts while it has none.
  std::uint64_t idle_since_ns() const noexcept { return idle_since_ns_; }

 private:
  static int on_timer(CURLM*, long timeout_ms, void* self) noexcept;
  static int on_socket(CURL*, curl_socket_t socket, int what, void* self, void*) noexcept;

  const std::size_t index_;
  SocketWatch& sockets_;
  const std::uint64_t& now_ns_;
  std::size_t transfers_ = 0, connections_ = 0, kept_ = 0;
  std::uint64_t timer_ns_ = never_ns, idle_since_ns_ = 0;
  bool has_worked_ = false;
  MultiHandle handle_;  // last: it closes connections when it goes, which is counted above
};

}  // namespace messenger::http
