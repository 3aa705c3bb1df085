// SPDX-License-Identifier: Apache-2.0
// What Prometheus is told: https://prometheus.io/docs/practices/naming/
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "api/route.hpp"
#include "delivery/engine.hpp"
#include "delivery/receipt_intake.hpp"

namespace messenger::host {

/// Counts what happens in this process. No label has more values than there are messengers, routes and outcomes, and
/// none is secret. [any thread]
class Metrics {
 public:
  Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;
  ~Metrics();

  /// An attempt at a message has ended; `took` from its begin.
  void attempt_ended(const std::string& messenger_id, loader::Outcome outcome, std::chrono::milliseconds took) noexcept;
  void receipt_answered(ReceiptIntake::Verdict verdict) noexcept;
  /// `route` as Route::path.
  void request_answered(const std::string& method, const std::string& route, unsigned status,
                        std::chrono::microseconds took) noexcept;

  /// All of it, with what outbox, circuits, loader and HTTP service are like now, in Prometheus' text format 0.0.4.
  /// What the store would have to tell is left out while it does not answer, and messenger_store_up is 0. Kept messages
  /// are counted every 30 seconds at most.
  std::string text(Engine& engine) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// GET /metrics, without a key: Prometheus cannot send a bare key as Authorization, so this belongs on an address of
/// its own that only it reaches. All given outlive the route.
std::vector<Route> metrics_routes(const Metrics& metrics, Engine& engine);

}  // namespace messenger::host
