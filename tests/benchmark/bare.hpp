// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "bare_multi.hpp"
#include "bare_request.hpp"
#include "workload.hpp"

namespace messenger::benchmark {

/// How many multi handles make bare libcurl fastest with so many requests in flight.
std::size_t best_multi_handles(std::size_t in_flight);

/// The yardstick: libcurl alone on one thread, with everything that makes it fast (sockets that stay in epoll, a parsed
/// URL, pooled easy handles with their options set once, a ready header list, several multi handles once hundreds are
/// in flight, shared TLS sessions, one CA file), the silent resend forbidden, fed by completions.
class Bare final : public BareMulti::Owner {
 public:
  /// Sends go round over the workloads.
  Bare(const std::vector<Workload>& workloads, std::size_t in_flight, std::size_t multi_handles,
       Tuning tuning = Tuning::all);
  Bare(const Bare&) = delete;
  Bare& operator=(const Bare&) = delete;
  ~Bare();

  /// Throws std::runtime_error when a request fails.
  void send(std::size_t count);

  /// Starts as many as may be in flight and works until `enough`, which is asked at least every millisecond.
  void send_until(const std::function<bool()>& enough);

 private:
  void begin(std::size_t count);
  void start(BareMulti& multi);
  void ended(BareMulti& multi, BareSlot& slot, CURLcode result) override;
  void turn(int longest_wait_ms);

  std::size_t in_flight_;
  int epoll_;
  std::vector<std::unique_ptr<BareRequest>> requests_;
  std::vector<std::unique_ptr<BareMulti>> multis_;
  std::size_t started_ = 0, done_ = 0, target_ = 0;
};

/// Costs of a turn of bare libcurl: CPU and wall time of a send.
std::vector<double> measure(Bare& bare, const Run& run);

}  // namespace messenger::benchmark
