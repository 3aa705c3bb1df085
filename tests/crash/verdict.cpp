// SPDX-License-Identifier: Apache-2.0
#include "verdict.hpp"

#include <algorithm>
#include <set>
#include <thread>

#include "load.hpp"

namespace messenger::crash {

using host::MessageStage;
using host::OutboxMessage;
using host::Sharing;
using host::Transaction;

namespace {

constexpr std::size_t most_doubt = 10;  // one in so many

bool is_settled(host::Store& store) {
  return store.with(
      [](Transaction& transaction) {
        const auto counts = transaction.outbox.counts();
        return transaction.outbox.times().look == 0 &&
               std::all_of(counts.begin(), counts.end(),
                           [](const host::QueueCount& count) { return host::is_settled(count.stage); });
      },
      Sharing::rows);
}

// What stage may stand beside so many arrivals.
bool fits(MessageStage stage, int arrivals) {
  switch (stage) {
    case MessageStage::sent:
    case MessageStage::delivered:
    case MessageStage::undelivered:
      return arrivals == 1;
    case MessageStage::unknown:
      return arrivals <= 1;  // it may say so and have arrived more often; it does not happen here
    case MessageStage::failed:
    case MessageStage::expired:
    case MessageStage::cancelled:
      return arrivals == 0;
    default:
      return false;
  }
}

// Each change says why, and no attempt goes without one.
std::string history_problem(const OutboxMessage& message, const std::vector<host::MessageChange>& history) {
  std::set<std::int64_t> attempts;
  for (const host::MessageChange& change : history) {
    if (change.reason.empty()) {
      return "has a change without a reason";
    }
    if (change.attempt > 0 && change.stage != MessageStage::leased) {
      attempts.insert(change.attempt);
    }
  }
  if (history.empty() || history.back().stage != message.stage) {
    return "has a history that does not end with its stage";
  }
  return static_cast<std::int64_t>(attempts.size()) == message.attempts ? "" : "has an attempt without an end";
}

std::string problem(host::Store& store, const std::string& id, int arrivals, Verdict& verdict) {
  std::optional<OutboxMessage> message;
  std::vector<host::MessageChange> history;
  store.transact(
      [&](Transaction& transaction) {
        message = transaction.outbox.find(id);
        history = transaction.outbox.history(id);
      },
      Sharing::rows);
  if (!message) {
    return "is lost";
  }
  const std::string stage(to_string(message->stage));
  ++verdict.stages[stage];
  if (!fits(message->stage, arrivals)) {
    return "is " + stage + " and arrived " + std::to_string(arrivals) + " times";
  }
  if (message->secret && !message->content.empty()) {
    return "is " + stage + " and still has its secret text";
  }
  return history_problem(*message, history);
}

}  // namespace

bool wait_until_settled(host::Store& store, std::chrono::seconds within) {
  const auto end = std::chrono::steady_clock::now() + within;
  while (!is_settled(store)) {
    if (std::chrono::steady_clock::now() > end) {
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return true;
}

Verdict judge(host::Store& store, const std::vector<std::string>& ids, const std::map<std::string, int>& arrivals) {
  Verdict verdict;
  std::set<std::string> seen;
  for (std::size_t number = 0; number < ids.size(); ++number) {
    const auto arrived = arrivals.find(Load::text_of(number));
    const std::string what = problem(store, ids[number], arrived == arrivals.end() ? 0 : arrived->second, verdict);
    if (!what.empty()) {
      verdict.wrongs.push_back("Message " + std::to_string(number) + " (" + ids[number] + ") " + what + ".");
    }
    if (!seen.insert(ids[number]).second) {
      verdict.wrongs.push_back("Message " + std::to_string(number) + " has another's id.");
    }
  }
  // Harm explains some doubt; a host that gives up more than that gives up for nothing.
  if (verdict.stages[std::string(to_string(MessageStage::unknown))] * most_doubt > ids.size()) {
    verdict.wrongs.emplace_back("More than one in " + std::to_string(most_doubt) + " ended unknown.");
  }
  for (const auto& [text, count] : arrivals) {
    verdict.arrived += static_cast<std::size_t>(count);
  }
  return verdict;
}

}  // namespace messenger::crash
