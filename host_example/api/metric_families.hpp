// SPDX-License-Identifier: Apache-2.0
// What is measured at the moment of a scrape.
#pragma once

#include <messenger/http_service.h>
#include <prometheus/metric_family.h>

#include <cstdint>
#include <messenger/loader/report.hpp>
#include <vector>

#include "delivery/dispatcher.hpp"
#include "store/store.hpp"

namespace messenger::host {

using MetricFamilies = std::vector<prometheus::MetricFamily>;

/// What was counted in the outbox, and when.
struct CountedOutbox {
  static constexpr std::int64_t longest_ms = 30'000;  ///< so long it is told again: counting goes through all messages

  std::vector<QueueCount> counts = {};
  std::int64_t counted_at = 0;  ///< epoch ms
};

/// Asks the store at each call, and counts anew once what is known is too old.
void add_outbox(MetricFamilies& families, Store& store, CountedOutbox& known, std::int64_t now);
void add_accepted(MetricFamilies& families, std::uint64_t accepted);
void add_dispatcher(MetricFamilies& families, const DispatchCounts& counts, const std::vector<CircuitState>& circuits);
void add_loader(MetricFamilies& families, const loader::Stats& stats);
void add_http_service(MetricFamilies& families, const msgr_http_service_stats& stats);
void add_build(MetricFamilies& families);

}  // namespace messenger::host
