// SPDX-License-Identifier: Apache-2.0
#include "delivery/leasing.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace messenger::host {

namespace {

constexpr std::size_t most_of_a_lane = 128;  // in one turn
constexpr std::size_t most_in_a_unit = 512;
constexpr std::int64_t others_time = 20;       // ms, to be done with messages that they have in hand
constexpr std::int64_t until_mended = 60'000;  // ms, of a lane whose message type is gone
constexpr std::int64_t shortest_wait = 200;    // ms, of a message that nobody can carry now

bool is_free(const Progress& progress, const std::string& messenger_id, std::int64_t now) {
  const auto found = progress.not_before.find(messenger_id);
  return !contains(progress.tried, messenger_id) && !contains(progress.rejected, messenger_id) &&
         (found == progress.not_before.end() || found->second <= now);
}

}  // namespace

// One unit.
struct Leasing::Turn {
  Transaction& transaction;
  const std::int64_t now;
  const Limits& limits;
  Round& round;
  std::map<std::string, MessageRoute> routes = {};
  std::set<std::string> served = {};   // lanes that something came from
  std::set<std::string> drained = {};  // those of them that gave less than they were asked for
};

void Leasing::lease(Transaction& transaction, std::int64_t now, const Limits& limits, Round& round) {
  Turn turn{transaction, now, limits, round};
  std::erase_if(held_until_, [now](const auto& held) { return held.second <= now; });
  const std::vector<LaneHead> heads = transaction.outbox.lanes();
  note_due(turn, heads);
  for (const Priority priority : {Priority::code, Priority::notice, Priority::bulk}) {
    auto lanes = turns_.order(heads, priority, now);
    while (!round.is_full && serve_all(turn, lanes)) {
      round.is_full = round.ready.size() + round.postponed.size() >= most_in_a_unit;
    }
  }
  if (!turn.drained.empty()) {
    note_due(turn, transaction.outbox.lanes());
  }
}

// When there will be something in these lanes. What is left in one that gave less than it was asked for was in others'
// hands at that moment.
void Leasing::note_due(Turn& turn, const std::vector<LaneHead>& heads) {
  for (const LaneHead& head : heads) {
    if (head.due > turn.now) {
      turn.round.next = std::min(turn.round.next, head.due);
    } else if (turn.drained.contains(head.lane)) {
      turn.round.is_full = true;
    }
  }
}

// One turn of each of these lanes; those that are done for now leave. False when there is nothing more to do.
bool Leasing::serve_all(Turn& turn, std::vector<LaneHead>& lanes) {
  std::vector<LaneHead> more;
  const std::size_t share =
      lanes.empty() ? 0
                    : std::clamp<std::size_t>(slots_.room(lanes.front().priority) / lanes.size(), 1, most_of_a_lane);
  for (const LaneHead& lane : lanes) {
    if (const auto held = held_until_.find(lane.lane); held != held_until_.end()) {
      turn.round.next = std::min(turn.round.next, held->second);
      continue;
    }
    const MessageRoute& route = route_of(turn, lane.route);
    if (route.carriers.empty()) {
      held_until_[lane.lane] = turn.now + until_mended;
      turn.round.next = std::min(turn.round.next, turn.now + until_mended);
      turn.round.without_type.push_back(message_type_of_route(lane.route));
      continue;
    }
    if (const std::int64_t free = free_again(route); free > turn.now) {
      turn.round.next = std::min(turn.round.next, free);
      continue;
    }
    const std::size_t most = std::min({capacity(route, lane.priority, turn.now), slots_.room(lane.priority), share});
    if (most == 0) {
      turn.round.is_backlogged = true;
      continue;
    }
    const auto before = turn.round.ready.size() + turn.round.postponed.size();
    serve(turn, lane, most);
    const auto served = turn.round.ready.size() + turn.round.postponed.size() - before;
    if (served == most) {
      more.push_back(lane);
    }
    if (served > 0) {
      turn.served.insert(lane.lane);
    }
    if (served < most && turn.served.contains(lane.lane)) {
      turn.drained.insert(lane.lane);
    } else if (served == 0) {
      held_until_[lane.lane] = turn.now + others_time;
      turn.round.next = std::min(turn.round.next, turn.now + others_time);
    }
  }
  lanes = std::move(more);
  return !lanes.empty();
}

void Leasing::serve(Turn& turn, const LaneHead& lane, std::size_t most) {
  turn.round.holders.push_back(host_ + "/" + std::to_string(++leases_));
  const Lease lease{turn.round.holders.back(), turn.now + turn.limits.lease_for.count()};
  const MessageRoute& route = route_of(turn, lane.route);
  for (LeasedMessage& leased : turn.transaction.outbox.lease(lane.lane, most, turn.now, lease)) {
    take(turn, route, std::move(leased));
  }
  turns_.served(lane);
}

const MessageRoute& Leasing::route_of(Turn& turn, const std::string& name) {
  const auto found = turn.routes.find(name);
  return found != turn.routes.end() ? found->second
                                    : turn.routes.emplace(name, read_route(turn.transaction, name)).first->second;
}

// In order, nobody behind a messenger that is well gets anything while that one is merely busy.
std::size_t Leasing::capacity(const MessageRoute& route, Priority priority, std::int64_t now) const {
  std::size_t all = 0;
  for (const MessageType::Carrier& carrier : route.carriers) {
    const std::string& id = carrier.messenger_id;
    if (!circuits_.admits(id, now)) {
      continue;
    }
    const bool is_probe = circuits_.is_half_open(id, now);
    all += std::min(slots_.room(id, priority), is_probe ? std::size_t{1} : most_of_a_lane);
    if (!is_probe && route.selection == MessageType::Selection::order) {
      break;
    }
  }
  return all;
}

// 0 = one of its messengers is not sick.
std::int64_t Leasing::free_again(const MessageRoute& route) const {
  std::int64_t first = Round::never;
  for (const MessageType::Carrier& carrier : route.carriers) {
    first = std::min(first, circuits_.retry_at(carrier.messenger_id));
  }
  return first;
}

// "" = it can.
std::string_view Leasing::cannot_be_sent(const LeasedMessage& leased) noexcept {
  return !leased.message.is_readable ? cannot_be_read
         : leased.content.empty()    ? "Not attempted: its text was wiped."
                                     : "";
}

void Leasing::fail(Turn& turn, const OutboxMessage& message, std::string_view reason) {
  MessageUpdate update;
  update.id = message.id;
  update.change = {turn.now, MessageStage::failed, message.attempts, {}, {}, std::string(reason)};
  update.wipe = message.secret;
  turn.transaction.outbox.record(update);
  turn.round.postponed.push_back(message.id);
}

void Leasing::take(Turn& turn, const MessageRoute& route, LeasedMessage leased) {
  const OutboxMessage& message = leased.message;
  if (const auto reason = cannot_be_sent(leased); !reason.empty()) {
    return fail(turn, message, reason);
  }
  Progress progress = progress_of(message.progress);
  const std::string messenger_id = choose(route, message, progress, turn.now);
  if (messenger_id.empty()) {
    return postpone(turn, route, message, progress);
  }
  const auto attempt = std::make_shared<LeasedAttempt>();
  attempt->id = message.id;
  attempt->messenger_id = messenger_id;
  attempt->priority = message.priority;
  attempt->secret = message.secret;
  attempt->attempt = message.attempts;
  attempt->due = message.due;
  attempt->lease_until = message.lease_until;
  attempt->latest_begin = turn.now + turn.limits.begin_within.count();
  attempt->progress = std::move(progress);
  for (const MessageType::Carrier& carrier : route.carriers) {
    attempt->carriers.push_back(carrier.messenger_id);
  }
  slots_.take(messenger_id);
  attempt->circuit = circuits_.begin(messenger_id, turn.now);
  turn.round.ready.push_back({attempt, std::move(leased)});
  if (messenger_of_route(route.name).empty()) {
    turn.transaction.outbox.assign(attempt->id, attempt->attempt, messenger_id);
  }
}

// Who carries it; "" = nobody can now. Whoever was tried in this round comes again only after all others.
std::string Leasing::choose(const MessageRoute& route, const OutboxMessage& message, Progress& progress,
                            std::int64_t now) {
  const std::vector<std::string> order = preference(route, chance_);
  if (std::none_of(order.begin(), order.end(), [&](const std::string& id) { return is_free(progress, id, now); })) {
    progress.tried.clear();
  }
  const bool by_weight = route.selection == MessageType::Selection::weight;
  std::string busy;
  std::string sick;
  for (const std::string& id : order) {
    if (!is_free(progress, id, now)) {
      continue;
    }
    if (!circuits_.admits(id, now)) {
      sick = sick.empty() ? id : sick;
    } else if (by_weight && slots_.room(id, message.priority) == 0) {
      busy = busy.empty() ? id : busy;
    } else {
      if (!sick.empty()) {
        circuits_.bypass(sick, id);
      }
      return id;
    }
  }
  return busy;
}

// Not begun, which its history says.
void Leasing::postpone(Turn& turn, const MessageRoute& route, const OutboxMessage& message, const Progress& progress) {
  const std::int64_t pause = turn.limits.longest_pause.count();
  std::int64_t due = Round::never;
  for (const MessageType::Carrier& carrier : route.carriers) {
    const std::string& id = carrier.messenger_id;
    if (contains(progress.rejected, id)) {
      continue;
    }
    const auto asked = progress.not_before.find(id);
    due = std::min(due, std::max(circuits_.retry_at(id), asked == progress.not_before.end() ? 0 : asked->second));
  }
  if (due == Round::never) {
    return fail(turn, message, "Not attempted: every messenger of its message type has refused it.");
  }
  MessageUpdate update;
  update.id = message.id;
  update.change = {turn.now,
                   MessageStage::queued,
                   message.attempts,
                   {},
                   {},
                   "Not attempted: no messenger of its message type can carry it now."};
  update.progress = to_text(progress);
  update.due = std::clamp(due, turn.now + shortest_wait, turn.now + std::max(pause, shortest_wait));
  turn.transaction.outbox.record(update);
  turn.round.postponed.push_back(message.id);
}

void Leasing::give_back(const Round& round) {
  for (const ReadyAttempt& ready : round.ready) {
    slots_.give_back(ready.attempt->messenger_id);
    circuits_.abandon(ready.attempt->messenger_id, ready.attempt->circuit);
  }
}

}  // namespace messenger::host
