// SPDX-License-Identifier: Apache-2.0
#include "api/queue_report.hpp"

#include <algorithm>

namespace messenger::host {

namespace json = boost::json;

namespace {

constexpr std::int64_t minute_ms = 60'000;

// Each in a unit of its own: an hour of many messages keeps nobody waiting for all of it.
json::object changes_since(Store& store, std::int64_t since) {
  json::object changes;
  for (const MessageStage stage :
       {MessageStage::sent, MessageStage::delivered, MessageStage::undelivered, MessageStage::failed,
        MessageStage::unknown, MessageStage::expired, MessageStage::cancelled}) {
    changes[to_string(stage)] =
        store.read([&](Transaction& transaction) { return transaction.outbox.changed_to(stage, since); });
  }
  return changes;
}

bool is_dead(MessageStage stage) {
  const auto dead = dead_stages();
  return std::find(dead.begin(), dead.end(), stage) != dead.end();
}

void add_counts(const std::vector<QueueCount>& counts, json::object& report) {
  json::array list;
  std::int64_t waiting = 0, oldest = 0, dead = 0;
  for (const QueueCount& count : counts) {
    list.push_back(json::object{{"state", to_string(count.stage)},
                                {"priority", to_string(count.priority)},
                                {"messages", count.messages},
                                {"oldestInsertInstant", count.oldest_insert_instant}});
    if (!is_settled(count.stage)) {
      waiting += count.messages;
      oldest = oldest == 0 ? count.oldest_insert_instant : std::min(oldest, count.oldest_insert_instant);
    }
    dead += is_dead(count.stage) ? count.messages : 0;
  }
  report["counts"] = std::move(list);
  report["waiting"] = waiting;
  report["dead"] = dead;
  if (oldest != 0) {
    report["oldestWaitingInstant"] = oldest;
  }
}

}  // namespace

std::vector<MessageStage> dead_stages() {
  return {MessageStage::failed, MessageStage::undelivered, MessageStage::unknown, MessageStage::expired};
}

json::object queue_report(Store& store, std::int64_t now) {
  json::object report;
  add_counts(store.read([](Transaction& transaction) { return transaction.outbox.counts(); }), report);
  report["lastMinute"] = changes_since(store, now - minute_ms);
  report["lastHour"] = changes_since(store, now - 60 * minute_ms);
  return report;
}

json::array circuit_report(const std::vector<CircuitState>& circuits) {
  json::array list;
  for (const CircuitState& circuit : circuits) {
    json::object entry{
        {"messengerId", circuit.messenger_id}, {"state", to_string(circuit.position)}, {"inFlight", circuit.in_flight}};
    if (circuit.position != CircuitState::Position::closed) {
      entry["reason"] = circuit.reason;
      entry["retryInstant"] = circuit.retry_at;
    }
    list.push_back(std::move(entry));
  }
  return list;
}

std::string_view to_string(CircuitState::Position position) noexcept {
  switch (position) {
    case CircuitState::Position::open:
      return "open";
    case CircuitState::Position::half_open:
      return "halfOpen";
    case CircuitState::Position::closed:
      break;
  }
  return "closed";
}

}  // namespace messenger::host
