// SPDX-License-Identifier: Apache-2.0
#include "bare_multi.hpp"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>

namespace messenger::benchmark {

BareMulti::BareMulti(Owner& owner, int epoll, std::uint32_t index, std::size_t workloads, std::size_t connections)
    : owner_(owner), epoll_(epoll), index_(index), idle_(workloads) {
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, on_socket);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, on_timer);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, static_cast<long>(std::max<std::size_t>(connections, 4'096)));
}

BareMulti::~BareMulti() {
  for (const auto& slot : slots_) {
    curl_multi_remove_handle(multi_, slot->easy.handle());
  }
  slots_.clear();
  curl_multi_cleanup(multi_);
}

BareSlot* BareMulti::take(std::size_t workload) {
  auto& idle = idle_[workload];
  if (idle.empty()) {
    return nullptr;
  }
  BareSlot* const slot = idle.back();
  idle.pop_back();
  return slot;
}

BareSlot& BareMulti::add(std::size_t workload) {
  BareSlot& slot = *slots_.emplace_back(std::make_unique<BareSlot>());
  slot.workload = workload;
  curl_easy_setopt(slot.easy.handle(), CURLOPT_PRIVATE, static_cast<void*>(&slot));
  curl_easy_setopt(slot.easy.handle(), CURLOPT_CLOSESOCKETFUNCTION, on_close);
  curl_easy_setopt(slot.easy.handle(), CURLOPT_CLOSESOCKETDATA, static_cast<void*>(this));
  return slot;
}

void BareMulti::start(BareSlot& slot) {
  slot.easy.begin();
  curl_multi_add_handle(multi_, slot.easy.handle());
}

void BareMulti::on_event(int socket, std::uint32_t events) {
  const int what = ((events & EPOLLIN) != 0 ? CURL_CSELECT_IN : 0) | ((events & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0) |
                   ((events & (EPOLLERR | EPOLLHUP)) != 0 ? CURL_CSELECT_ERR : 0);
  int running = 0;
  curl_multi_socket_action(multi_, socket, what, &running);
}

void BareMulti::on_time(Clock::time_point now) {
  if (wakes_at_ <= now) {
    wakes_at_ = Clock::time_point::max();
    int running = 0;
    curl_multi_socket_action(multi_, CURL_SOCKET_TIMEOUT, 0, &running);
  }
}

void BareMulti::collect() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    char* self = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &self);
    auto& slot = *reinterpret_cast<BareSlot*>(self);
    const CURLcode result = message->data.result;
    curl_multi_remove_handle(multi_, slot.easy.handle());
    idle_[slot.workload].push_back(&slot);
    owner_.ended(*this, slot, result);
  }
}

int BareMulti::on_timer(CURLM*, long milliseconds, void* self) {
  auto& wakes_at = static_cast<BareMulti*>(self)->wakes_at_;
  wakes_at = milliseconds < 0    ? Clock::time_point::max()
             : milliseconds == 0 ? Clock::time_point()
                                 : Clock::now() + std::chrono::milliseconds(milliseconds);
  return 0;
}

int BareMulti::on_socket(CURL*, curl_socket_t socket, int what, void* self, void*) {
  const std::uint32_t wanted = what == CURL_POLL_REMOVE ? 0U
                                                        : ((what & CURL_POLL_IN) != 0 ? EPOLLIN : 0U) |
                                                              ((what & CURL_POLL_OUT) != 0 ? EPOLLOUT : 0U);
  static_cast<BareMulti*>(self)->want(socket, wanted);
  return 0;
}

void BareMulti::want(int socket, std::uint32_t wanted) {
  const auto at = static_cast<std::size_t>(socket);
  registered_.resize(std::max(registered_.size(), at + 1));
  std::uint32_t& registered = registered_[at];
  if (wanted == registered || (wanted == 0 && registered == EPOLLIN)) {
    return;
  }
  epoll_event event{};
  event.events = wanted;
  event.data.u64 = std::uint64_t{index_} << 32 | static_cast<std::uint32_t>(socket);
  epoll_ctl(epoll_, registered == 0 ? EPOLL_CTL_ADD : wanted == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_MOD, socket, &event);
  registered = wanted;
}

int BareMulti::on_close(void* self, curl_socket_t socket) {
  auto& registered = static_cast<BareMulti*>(self)->registered_;
  if (static_cast<std::size_t>(socket) < registered.size()) {
    registered[static_cast<std::size_t>(socket)] = 0;
  }
  return ::close(socket);
}

}  // namespace messenger::benchmark
