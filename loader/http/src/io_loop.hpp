// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "endpoint.hpp"
#include "inbox.hpp"
#include "multi_set.hpp"
#include "settings.hpp"
#include "socket_watch.hpp"
#include "transfer.hpp"
#include "transfer_pool.hpp"

namespace messenger::http {

/// One I/O thread with its libcurl multi handles. A turn of the loop: take what other threads submitted, let libcurl
/// work, end what is overdue, call the callbacks, wait. Callbacks run only there, never inside libcurl.
class IoLoop {
 public:
  /// Throws std::system_error when the system refuses a descriptor or the thread.
  IoLoop(std::size_t index, const Settings& settings);
  IoLoop(const IoLoop&) = delete;
  IoLoop& operator=(const IoLoop&) = delete;
  ~IoLoop();

  /// Cancels what is open, delivers its callbacks, ends the thread. Not on that thread.
  void stop();

  /// [any] Starts a prepared transfer; its callback will come exactly once. False after stop(): it never comes.
  bool submit(std::unique_ptr<Transfer> transfer);
  /// [any] Ends this ticket's transfers as cancelled.
  void cancel(Endpoint& endpoint, std::uint64_t ticket);
  /// [any] Ends the endpoint's transfers as cancelled; calls endpoint.loop_is_done() after the last callback. False
  /// after stop(): the last callback was long ago, and nobody will call it.
  bool close(Endpoint& endpoint);

  bool is_current_thread() const noexcept { return std::this_thread::get_id() == thread_id_; }
  std::size_t index() const noexcept { return index_; }
  /// What endpoints share that have nothing of their own in them; those behind the proxy have others.
  TransferPool& idle_transfers(bool proxied) noexcept { return idle_transfers_[proxied ? 1 : 0]; }

  // For transfers of this loop.
  void set_close_socket(CURL* easy) noexcept;
  /// CURL_SOCKET_BAD when the system refuses.
  curl_socket_t open_socket(Multi& multi, const curl_sockaddr& address) noexcept;
  /// The time of this turn, CLOCK_MONOTONIC. On the loop's thread.
  std::uint64_t now_ns() const noexcept { return now_ns_; }
  void count_prevented_resend() noexcept { resends_prevented_.fetch_add(1, std::memory_order_relaxed); }
  void count_callback_exception() noexcept { callback_exceptions_.fetch_add(1, std::memory_order_relaxed); }
  void count_blocked() noexcept { blocked_.fetch_add(1, std::memory_order_relaxed); }

  std::uint64_t connections_opened() const noexcept { return connections_opened_.load(std::memory_order_relaxed); }
  std::uint64_t callback_exceptions() const noexcept { return callback_exceptions_.load(std::memory_order_relaxed); }
  std::uint64_t blocked() const noexcept { return blocked_.load(std::memory_order_relaxed); }
  std::uint64_t resends_prevented() const noexcept { return resends_prevented_.load(std::memory_order_relaxed); }

 private:
  using Finished = intrusive::list<Transfer, intrusive::member_hook<Transfer, ListHook, &Transfer::in_finished>,
                                   intrusive::constant_time_size<false>>;
  struct CheckAt {
    using type = std::uint64_t;
    type operator()(const Transfer& transfer) const noexcept { return transfer.check_at_ns; }
  };
  using Timers = intrusive::multiset<Transfer, intrusive::member_hook<Transfer, TimerHook, &Transfer::in_timers>,
                                     intrusive::key_of_value<CheckAt>>;

  void run();
  bool take_commands();
  void execute(Command& command);
  void start(std::unique_ptr<Transfer> owned);
  void cancel_if(Endpoint& endpoint, const std::uint64_t* ticket);
  void end(Transfer& transfer) noexcept;
  void set_timer(Transfer& transfer);

  void collect_done();
  void expire_overdue();
  bool deliver();
  void wait(bool block);
  int wait_milliseconds() const noexcept;
  void cancel_everything();

  static int close_socket(void* self, curl_socket_t socket) noexcept;

  const std::size_t index_;
  std::uint64_t now_ns_ = 0;
  SocketWatch sockets_;
  MultiSet multis_;
  std::array<TransferPool, 2> idle_transfers_;
  Inbox inbox_;

  Timers timers_;
  Finished finished_;
  std::vector<Endpoint*> closing_;
  std::size_t open_count_ = 0;

  std::vector<Command> taken_;
  bool ending_ = false;  // of the loop's thread: stop() was seen, nothing new begins

  std::atomic<std::uint64_t> connections_opened_{0}, resends_prevented_{0}, blocked_{0}, callback_exceptions_{0};
  std::thread thread_;
  std::thread::id thread_id_;
};

}  // namespace messenger::http
