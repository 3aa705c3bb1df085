// SPDX-License-Identifier: Apache-2.0
#include "socket_watch.hpp"

#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace messenger::http {

SocketWatch::SocketWatch() : epoll_(epoll_create1(EPOLL_CLOEXEC)) {
  if (epoll_ < 0) {
    throw std::system_error(errno, std::system_category(), "epoll_create1");
  }
}

SocketWatch::~SocketWatch() {
  ::close(epoll_);
}

void SocketWatch::add_wakeup(int descriptor) const {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = descriptor;
  if (epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event) != 0) {
    throw std::system_error(errno, std::system_category(), "epoll_ctl");
  }
}

void SocketWatch::opened(Multi& multi, curl_socket_t socket) {
  watch(socket) = Watch{0, 0, true, &multi};
}

Multi* SocketWatch::closing(curl_socket_t socket) noexcept {
  const auto index = static_cast<std::size_t>(socket);
  if (index >= watches_.size()) {
    return nullptr;
  }
  const Watch closed = std::exchange(watches_[index], Watch{});
  return closed.pooled ? closed.multi : nullptr;
}

void SocketWatch::want(Multi& multi, curl_socket_t socket, int what) {
  Watch& entry = watch(socket);
  entry.multi = &multi;
  entry.wanted = what == CURL_POLL_REMOVE
                     ? 0U
                     : ((what & CURL_POLL_IN) != 0 ? EPOLLIN : 0U) | ((what & CURL_POLL_OUT) != 0 ? EPOLLOUT : 0U);
  // Sockets that libcurl made for itself (name look-ups) are closed behind our back: they must go out when it says so.
  const bool linger = entry.wanted == 0 && entry.pooled && entry.registered == EPOLLIN;
  if (!linger && entry.wanted != entry.registered) {
    set(socket, entry, entry.wanted);
  }
}

Multi* SocketWatch::waiting(curl_socket_t socket) noexcept {
  const auto index = static_cast<std::size_t>(socket);
  if (index >= watches_.size() || watches_[index].registered == 0) {
    return nullptr;  // closed by an earlier event of the same batch
  }
  Watch& entry = watches_[index];
  if (entry.wanted == 0) {
    set(socket, entry, 0);  // level-triggered: it would be reported for ever
    return nullptr;
  }
  return entry.multi;
}

SocketWatch::Watch& SocketWatch::watch(curl_socket_t socket) {
  const auto index = static_cast<std::size_t>(socket);
  if (index >= watches_.size()) {
    watches_.resize(index + 64);
  }
  return watches_[index];
}

void SocketWatch::set(curl_socket_t socket, Watch& entry, std::uint32_t events) const noexcept {
  epoll_event event{};
  event.events = events;
  event.data.fd = socket;
  if (events == 0) {
    epoll_ctl(epoll_, EPOLL_CTL_DEL, socket, &event);
  } else if (epoll_ctl(epoll_, entry.registered == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket, &event) != 0) {
    // The descriptor changed hands unseen; the other operation is then the right one.
    epoll_ctl(epoll_, entry.registered == 0 ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, &event);
  }
  entry.registered = events;
}

}  // namespace messenger::http
