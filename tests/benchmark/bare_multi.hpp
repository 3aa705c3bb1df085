// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

#include "bare_request.hpp"

namespace messenger::benchmark {

/// An easy handle of one multi handle, for one workload.
struct BareSlot {
  BareEasy easy;
  std::size_t workload = 0;
};

/// One multi handle on an epoll that it shares with others. A socket stays in epoll, for reading, while its connection
/// is idle.
class BareMulti {
 public:
  using Clock = std::chrono::steady_clock;

  class Owner {
   public:
    virtual void ended(BareMulti& multi, BareSlot& slot, CURLcode result) = 0;

   protected:
    ~Owner() = default;
  };

  /// `index` marks its events.
  BareMulti(Owner& owner, int epoll, std::uint32_t index, std::size_t workloads, std::size_t connections);
  BareMulti(const BareMulti&) = delete;
  BareMulti& operator=(const BareMulti&) = delete;
  ~BareMulti();

  /// An idle slot of the workload, or null.
  BareSlot* take(std::size_t workload);
  BareSlot& add(std::size_t workload);
  void start(BareSlot& slot);

  void on_event(int socket, std::uint32_t events);
  /// Lets libcurl do what it has a timer for, when that is due.
  void on_time(Clock::time_point now);
  /// Tells the owner of each transfer that has ended.
  void collect();
  /// When on_time() has something to do; max() = never.
  Clock::time_point wakes_at() const { return wakes_at_; }

 private:
  static int on_timer(CURLM*, long milliseconds, void* self);
  static int on_socket(CURL*, curl_socket_t socket, int what, void* self, void*);
  static int on_close(void* self, curl_socket_t socket);
  void want(int socket, std::uint32_t events);

  Owner& owner_;
  int epoll_;
  std::uint32_t index_;
  CURLM* multi_ = curl_multi_init();
  std::vector<std::unique_ptr<BareSlot>> slots_;
  std::vector<std::vector<BareSlot*>> idle_;  // by workload
  std::vector<std::uint32_t> registered_;     // by descriptor
  Clock::time_point wakes_at_ = Clock::time_point::max();
};

}  // namespace messenger::benchmark
