// SPDX-License-Identifier: Apache-2.0
#include "api/metric_families.hpp"

#include <messenger/plugin.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace messenger::host {

namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<ClientMetric::Label>;

MetricFamily family(const char* name, const char* help, MetricType type) {
  MetricFamily family;
  family.name = name;
  family.help = help;
  family.type = type;
  return family;
}

void add(MetricFamily& family, Labels labels, double value) {
  ClientMetric metric;
  metric.label = std::move(labels);
  metric.counter.value = value;
  metric.gauge.value = value;
  family.metric.push_back(std::move(metric));
}

void add_one(MetricFamilies& families, const char* name, const char* help, MetricType type, double value) {
  MetricFamily one = family(name, help, type);
  add(one, {}, value);
  families.push_back(std::move(one));
}

void add_counter(MetricFamilies& families, const char* name, const char* help, std::uint64_t value) {
  add_one(families, name, help, MetricType::Counter, static_cast<double>(value));
}

void add_counts(MetricFamilies& families, const std::vector<QueueCount>& counts, std::int64_t now) {
  MetricFamily messages =
      family("messenger_outbox_messages", "Messages that are kept, by where they stand", MetricType::Gauge);
  std::array<std::int64_t, 3> oldest{now, now, now};
  for (const QueueCount& count : counts) {
    add(messages,
        {{"priority", std::string(to_string(count.priority))}, {"state", std::string(to_string(count.stage))}},
        static_cast<double>(count.messages));
    std::int64_t& known = oldest.at(static_cast<std::size_t>(count.priority));
    if (!is_settled(count.stage)) {
      known = std::min(known, count.oldest_insert_instant);
    }
  }
  MetricFamily ages = family("messenger_outbox_oldest_waiting_seconds",
                             "Age of the oldest message whose sending is not over", MetricType::Gauge);
  for (const Priority priority : {Priority::code, Priority::notice, Priority::bulk}) {
    add(ages, {{"priority", std::string(to_string(priority))}},
        static_cast<double>(now - oldest.at(static_cast<std::size_t>(priority))) / 1'000);
  }
  families.push_back(std::move(messages));
  families.push_back(std::move(ages));
}

const char* name_of(CircuitState::Position position) {
  switch (position) {
    case CircuitState::Position::open:
      return "open";
    case CircuitState::Position::half_open:
      return "half_open";
    case CircuitState::Position::closed:
      break;
  }
  return "closed";
}

void add_circuits(MetricFamilies& families, const std::vector<CircuitState>& circuits) {
  using Position = CircuitState::Position;
  MetricFamily in_flight = family("messenger_attempts_in_flight", "Attempts at messages right now", MetricType::Gauge);
  MetricFamily states =
      family("messenger_circuit_state", "1 for where the messenger's circuit stands on this host", MetricType::Gauge);
  for (const CircuitState& circuit : circuits) {
    add(in_flight, {{"messenger", circuit.messenger_id}}, static_cast<double>(circuit.in_flight));
    for (const Position position : {Position::closed, Position::half_open, Position::open}) {
      add(states, {{"messenger", circuit.messenger_id}, {"state", name_of(position)}},
          position == circuit.position ? 1 : 0);
    }
  }
  families.push_back(std::move(in_flight));
  families.push_back(std::move(states));
}

}  // namespace

void add_outbox(MetricFamilies& families, Store& store, CountedOutbox& known, std::int64_t now) {
  const bool is_old = std::abs(now - known.counted_at) >= CountedOutbox::longest_ms;
  double is_up = 1;
  try {
    const auto counts = store.read([is_old](Transaction& transaction) {
      transaction.outbox.times();  // costs nothing, and tells that it answers
      return is_old ? std::optional(transaction.outbox.counts()) : std::nullopt;
    });
    if (counts) {
      known = {*counts, now};
    }
    add_counts(families, known.counts, now);
  } catch (const StoreError&) {
    is_up = 0;
  }
  add_one(families, "messenger_store_up", "Whether the store answers", MetricType::Gauge, is_up);
}

void add_accepted(MetricFamilies& families, std::uint64_t accepted) {
  add_counter(families, "messenger_messages_accepted_total", "New messages that were accepted", accepted);
}

void add_dispatcher(MetricFamilies& families, const DispatchCounts& counts, const std::vector<CircuitState>& circuits) {
  add_circuits(families, circuits);
  add_counter(families, "messenger_leases_ended_total", "Attempts of other hosts that were broken off",
              counts.leases_ended);
  add_counter(families, "messenger_messages_expired_total", "Messages whose lifetime ended before they were sent",
              counts.expired);
  add_counter(families, "messenger_looks_total", "Looks for messages in doubt at their providers", counts.looks);
  add_counter(families, "messenger_looks_found_total", "Looks that found their message", counts.found);
  add_counter(families, "messenger_late_answers_total", "Outcomes of attempts that came after their lease had ended",
              counts.late_answers);
  add_counter(families, "messenger_store_failures_total", "Units of the dispatcher that the store did not take",
              counts.store_failures);
}

void add_loader(MetricFamilies& families, const loader::Stats& stats) {
  const auto add = [&families](const char* name, const char* help, std::uint64_t value) {
    add_counter(families, name, help, value);
  };
  add("messenger_loader_second_completions_total", "Ignored: the plugin had completed that attempt already",
      stats.second_completions);
  add("messenger_loader_foreign_completions_total", "Ignored: a ticket that the messenger does not have",
      stats.foreign_completions);
  add("messenger_loader_late_completions_total", "Ignored: the attempt had its outcome already",
      stats.late_completions);
  add("messenger_loader_unknown_outcomes_total", "Outcome numbers out of range, read as UNKNOWN",
      stats.unknown_outcomes);
  add("messenger_loader_deadline_answers_total", "UNKNOWN given because a plugin was silent until the deadline",
      stats.deadline_answers);
  add("messenger_loader_stuck_sends_total", "Of these, plugins that had not returned from send", stats.stuck_sends);
  add("messenger_loader_slow_calls_total", "Calls into a plugin of 5 ms or more", stats.slow_calls);
  add("messenger_loader_slow_completions_total", "Callbacks of this host of 5 ms or more", stats.slow_completions);
  add("messenger_loader_plugin_exceptions_total", "Exceptions out of plugins that were caught",
      stats.plugin_exceptions);
  add("messenger_loader_completion_exceptions_total", "Exceptions of this host's callbacks that were caught",
      stats.completion_exceptions);
  add("messenger_loader_unbalanced_leaves_total", "Messengers that a service left without having entered them",
      stats.unbalanced_leaves);
  add("messenger_loader_foreign_outputs_total", "Ignored outputs of no open call", stats.foreign_outputs);
  add("messenger_loader_malformed_outputs_total", "Ignored outputs that were not JSON or too long",
      stats.malformed_outputs);
  add("messenger_loader_parked_total", "Instances that could not be ended and are kept for ever", stats.parked);
}

void add_http_service(MetricFamilies& families, const msgr_http_service_stats& stats) {
  const auto add = [&families](const char* name, const char* help, std::uint64_t value) {
    add_counter(families, name, help, value);
  };
  add("messenger_http_requests_total", "Requests of messengers to providers", stats.requests);
  add("messenger_http_connections_opened_total", "Connections started to providers", stats.connections_opened);
  add("messenger_http_resends_prevented_total", "Requests that libcurl was about to send a second time",
      stats.resends_prevented);
  add("messenger_http_blocked_total", "Requests that the network options did not allow", stats.blocked);
  add("messenger_http_callback_exceptions_total", "Exceptions out of plugins' callbacks that were caught",
      stats.callback_exceptions);
}

void add_build(MetricFamilies& families) {
  MetricFamily build = family("messenger_build_info", "1, with the version of this host", MetricType::Gauge);
  add(build, {{"version", MSGR_VERSION}}, 1);
  families.push_back(std::move(build));
}

}  // namespace messenger::host
