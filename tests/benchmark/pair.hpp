// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "bare_request.hpp"
#include "contender.hpp"
#include "options.hpp"
#include "server.hpp"
#include "workload.hpp"

namespace messenger::benchmark {

/// The workloads of both messengers, with the requests that these were seen to send. Throws std::runtime_error when
/// bare libcurl does not send the very same bytes.
std::vector<Workload> identical_workloads(const Options& options, const Server& server);

/// Contenders whose turns cost CPU and wall time of a send, in this order.
std::unique_ptr<Contender> ours_contender(const Options& options, const std::vector<Workload>& workloads,
                                          int cpu = client_cpu);
/// As many multi handles as are fastest, unless `multi_handles` says another number.
std::unique_ptr<Contender> bare_contender(const std::vector<Workload>& workloads, std::size_t in_flight,
                                          std::size_t multi_handles = 0, int cpu = client_cpu,
                                          Tuning tuning = Tuning::all);

}  // namespace messenger::benchmark
