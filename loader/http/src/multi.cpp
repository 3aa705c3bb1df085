// SPDX-License-Identifier: Apache-2.0
#include "multi.hpp"

#include <new>
#include <utility>

namespace messenger::http {

Multi::Multi(std::size_t index, SocketWatch& sockets, const std::uint64_t& now_ns)
    : index_(index), sockets_(sockets), now_ns_(now_ns), handle_(curl_multi_init()) {
  if (!handle_) {
    throw std::bad_alloc();
  }
  curl_multi_setopt(handle_.get(), CURLMOPT_SOCKETFUNCTION, &Multi::on_socket);
  curl_multi_setopt(handle_.get(), CURLMOPT_SOCKETDATA, static_cast<void*>(this));
  curl_multi_setopt(handle_.get(), CURLMOPT_TIMERFUNCTION, &Multi::on_timer);
  curl_multi_setopt(handle_.get(), CURLMOPT_TIMERDATA, static_cast<void*>(this));
}

bool Multi::add(Transfer& transfer) noexcept {
  ++transfers_;
  transfer.multi = this;
  return curl_multi_add_handle(handle_.get(), transfer.easy()) == CURLM_OK;
}

void Multi::remove(Transfer& transfer) noexcept {
  curl_multi_remove_handle(handle_.get(), transfer.easy());
  transfer.multi = nullptr;
  if (--transfers_ == 0) {
    idle_since_ns_ = now_ns_;
  }
}

void Multi::act(curl_socket_t socket, int what) noexcept {
  int running = 0;
  curl_multi_socket_action(handle_.get(), socket, what, &running);
  has_worked_ = true;
}

void Multi::act_if_due() noexcept {
  if (timer_ns_ <= now_ns_) {
    timer_ns_ = never_ns;
    act(CURL_SOCKET_TIMEOUT, 0);
  }
}

Transfer* Multi::take_ended(CURLcode& code) noexcept {
  if (!has_worked_) {
    return nullptr;
  }
  int left = 0;
  const CURLMsg* const message = curl_multi_info_read(handle_.get(), &left);
  if (message == nullptr) {
    has_worked_ = false;
    return nullptr;
  }
  char* self = nullptr;
  curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &self);
  code = message->data.result;
  return reinterpret_cast<Transfer*>(self);
}

void Multi::keep(std::size_t connections) noexcept {
  if (std::exchange(kept_, connections) != connections) {
    curl_multi_setopt(handle_.get(), CURLMOPT_MAXCONNECTS, static_cast<long>(connections));
  }
}

int Multi::on_timer(CURLM*, long timeout_ms, void* self) noexcept {
  auto& multi = *static_cast<Multi*>(self);
  multi.timer_ns_ = timeout_ms < 0 ? never_ns : multi.now_ns_ + static_cast<std::uint64_t>(timeout_ms) * 1'000'000;
  return 0;
}

int Multi::on_socket(CURL*, curl_socket_t socket, int what, void* self, void*) noexcept {
  auto& multi = *static_cast<Multi*>(self);
  try {
    multi.sockets_.want(multi, socket, what);
    return 0;
  } catch (...) {
    return -1;
  }
}

}  // namespace messenger::http
