// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "server.hpp"
#include "thread_times.hpp"

namespace messenger::benchmark {

/// One run of the durable path: every message is accepted by REST, kept, sent to the provider, and its outcome
/// recorded.
struct DurableRun {
  std::string database;          ///< empty = a new SQLite file
  std::size_t hosts = 1;         ///< on one database, PostgreSQL only
  std::string type = "Generic";  ///< of the messenger
  std::size_t messages = 20'000;
  std::size_t batch = 100;                ///< messages in a request
  std::size_t connections = 4;            ///< of the load
  std::vector<std::string> options = {};  ///< of `messenger-host serve`
};

struct DurableFigures {
  double accepted_per_second = 0;  ///< until the last was accepted
  double recorded_per_second = 0;  ///< until the last outcome was recorded: accept, send and record side by side
  ThreadTimes host;                ///< CPU microseconds per message, by stage, over all hosts
  double load = 0, provider = 0;   ///< likewise, of the load generator and the provider
};

/// Throws std::runtime_error when a message is refused or does not end as sent.
DurableFigures measure_durable(const DurableRun& run, const Server& provider);

}  // namespace messenger::benchmark
