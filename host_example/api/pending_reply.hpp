// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pthread.h>

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <memory>
#include <utility>

#include "api/json_body.hpp"
#include "api/router.hpp"

namespace messenger::host {

namespace asio = boost::asio;

/// The way back from any thread to the coroutine that waits. The first answer counts; an answer that never comes
/// because the reply was dropped is 500.
template <class Handler>
class PendingReply {
 public:
  PendingReply(Handler handler, const asio::any_io_executor& executor)
      : handler_(std::move(handler)), work_(executor) {}
  PendingReply(const PendingReply&) = delete;
  PendingReply& operator=(const PendingReply&) = delete;
  ~PendingReply() { answer(empty_response(500)); }

  void answer(Response response) {
    if (!answered_.exchange(true)) {
      asio::post(work_.get_executor(), [handler = std::move(handler_), response = std::move(response)]() mutable {
        std::move(handler)(std::move(response));
      });
    }
  }

 private:
  Handler handler_;
  asio::executor_work_guard<asio::any_io_executor> work_;
  std::atomic<bool> answered_{false};
};

/// As the system shows it.
inline void name_worker() {
  thread_local const int named = ::pthread_setname_np(::pthread_self(), "host-worker");
  static_cast<void>(named);
}

/// Has a worker route the request; completes with the answer on `executor`.
template <class Token>
auto async_route(const Router& router, Request request, asio::thread_pool& workers,
                 const asio::any_io_executor& executor, Token&& token) {
  const auto initiate = [&router, &workers, executor](auto handler, Request routed) {
    auto pending = std::make_shared<PendingReply<decltype(handler)>>(std::move(handler), executor);
    asio::post(workers, [&router, pending = std::move(pending), routed = std::move(routed)]() mutable {
      name_worker();
      router.handle(std::move(routed), [pending](Response response) { pending->answer(std::move(response)); });
    });
  };
  return asio::async_initiate<Token, void(Response)>(initiate, token, std::move(request));
}

}  // namespace messenger::host
