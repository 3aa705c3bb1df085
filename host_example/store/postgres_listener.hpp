// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "store/notices.hpp"
#include "store/postgres_address.hpp"

namespace messenger::host {

/// A notice as the channel carries it: "cancel ID".
std::string to_payload(Topic topic, std::string_view subject);
/// Nothing for what a newer program tells.
std::optional<Notice> to_notice(std::string_view payload);

/// Hears notices on a connection and a thread of its own, `host-listen`, which sleeps until something comes. When the
/// server was away it comes back, and says that notices may have been missed.
class PostgresListener {
 public:
  /// Returns when it listens, or when the server is not reached.
  PostgresListener(const PostgresAddress& address, NoticeFunction notice);
  PostgresListener(const PostgresListener&) = delete;
  PostgresListener& operator=(const PostgresListener&) = delete;
  ~PostgresListener();

 private:
  struct Finish {
    void operator()(PGconn* connection) const noexcept { ::PQfinish(connection); }
  };
  using Session = std::unique_ptr<PGconn, Finish>;
  enum class Woken { ready, late, stop };

  void run(std::promise<void> first);
  Session connect() const;
  bool subscribe(PGconn* connection) const;
  void hear(PGconn* connection) const;
  Woken wait(int descriptor, short events, std::chrono::milliseconds within) const;

  const std::string uri_;
  const NoticeFunction notice_;
  const int stop_;  // an eventfd
  std::thread thread_;
};

}  // namespace messenger::host
