// SPDX-License-Identifier: Apache-2.0
// How attempts are leased, and how it is recorded what became of them.
#include <algorithm>
#include <utility>

#include "delivery/dispatch_loop.hpp"

namespace messenger::host {

namespace {

constexpr std::size_t most_in_a_unit = 512;
constexpr int most_failures = 3;  // of recording one, where the store is not to blame
constexpr std::string_view not_recorded = "The outcome of an attempt cannot be recorded; its message stays in doubt.";

const std::string& id_of(const Ending& ending) {
  return ending.attempt ? ending.attempt->id : ending.look->doubt->message.id;
}

}  // namespace

// What a unit that leases has brought.
struct DispatchLoop::LeaseUnit {
  Leasing::Round round;
  OutboxTimes times;
  std::int64_t now = 0;
  bool told = false;  // other hosts
};

bool DispatchLoop::is_time_to_lease(std::int64_t now) const {
  return !stopping_ && doubtful_.empty() &&
         (look_at_lanes_ || now >= next_lane_ ||
          (owes_notice_ && is_backlogged_ && now >= last_notice_ + tell_interval));
}

void DispatchLoop::lease(std::int64_t now) {
  if (!is_time_to_lease(now)) {
    return;
  }
  LeaseUnit unit;
  if (transact([&](Transaction& transaction) { lease(transaction, unit); })) {
    leased(unit);
  } else {
    not_leased(unit);
  }
}

// The instant is that of the unit, which may have waited for others.
void DispatchLoop::lease(Transaction& transaction, LeaseUnit& unit) {
  const std::int64_t now = unit.now = now_ms();
  const Leasing::Limits limits{delivery_.options().timeout + options_.lease_margin, options_.lease_margin / 2,
                               options_.longest_pause};
  leasing_.lease(transaction, now, limits, unit.round);
  unit.told = owes_notice_ && unit.round.is_backlogged && now >= last_notice_ + tell_interval;
  if (unit.told) {
    transaction.notices.tell(Topic::outbox, "");
  }
  unit.times = transaction.outbox.times();
}

void DispatchLoop::not_leased(const LeaseUnit& unit) {
  leasing_.give_back(unit.round);
  doubtful_.insert(doubtful_.end(), unit.round.holders.begin(), unit.round.holders.end());
}

void DispatchLoop::leased(LeaseUnit& unit) {
  Leasing::Round& round = unit.round;
  times_ = unit.times;
  is_backlogged_ = round.is_backlogged;
  next_lane_ = round.next;
  owes_notice_ = owes_notice_ && is_backlogged_ && !unit.told;
  last_notice_ = unit.told ? unit.now : last_notice_;
  look_at_lanes_ = round.is_full;
  for (const std::string& id : round.without_type) {
    log_.warning("Messages wait for their message type, which is gone or cannot be read.", {{"messageType", id}});
  }
  for (const ReadyAttempt& ready : round.ready) {
    in_hand_[ready.attempt->id] = ready.attempt;
  }
  last_begun_ = round.ready.size();
  open_calls_ += last_begun_;
  starter_.begin(std::move(round.ready));
  to_ask_.insert(round.postponed.begin(), round.postponed.end());
}

// A unit that failed may have been committed all the same; nothing of it was begun.
void DispatchLoop::release_doubtful() {
  if (doubtful_.empty()) {
    return;
  }
  const bool released = transact([this](Transaction& transaction) {
    for (const std::string& holder : doubtful_) {
      transaction.outbox.release(holder, now_ms());
    }
  });
  if (released) {
    doubtful_.clear();
    look_at_lanes_ = true;
  }
}

// In groups, so that many outcomes cost one commit.
void DispatchLoop::record() {
  for (std::size_t left = endings_.size(); left > 0 && store_.is_ready(now_ms());) {
    std::vector<Ending> group;
    for (std::size_t i = 0; i < std::min(group_, left); ++i) {
      group.push_back(endings_[i].ending);
    }
    left -= group.size();
    if (!record(group, left == 0)) {
      return put_off();
    }
  }
}

// With the last group goes what its slots are good for then: one commit for both.
bool DispatchLoop::record(const std::vector<Ending>& group, bool is_last) {
  const std::int64_t now = now_ms();
  const Patience patience{options_.shortest_pause, options_.longest_pause, options_.look_after};
  const bool leases = group_ > 1 && is_last && (is_backlogged_ || is_time_to_lease(now)) && !stopping_ &&
                      doubtful_.empty() && !is_time_for_upkeep(now);
  LeaseUnit unit;
  std::vector<Recorded> recorded;
  give_back_slots(group);
  const bool committed = transact([&](Transaction& transaction) {
    recorded = recorder_.record(transaction, group, patience, now);
    if (leases) {
      lease(transaction, unit);
    }
  });
  if (!committed) {
    not_leased(unit);
    take_slots(group);
    return false;
  }
  endings_.erase(endings_.begin(), endings_.begin() + static_cast<std::ptrdiff_t>(group.size()));
  group_ = std::min(2 * group_, most_in_a_unit);
  for (std::size_t i = 0; i < group.size(); ++i) {
    finish(group[i], recorded[i], now);
  }
  if (leases) {
    leased(unit);
  }
  return true;
}

void DispatchLoop::give_back_slots(const std::vector<Ending>& group) {
  for (const Ending& ending : group) {
    if (ending.attempt) {
      slots_.give_back(ending.attempt->messenger_id);
    }
  }
}

void DispatchLoop::take_slots(const std::vector<Ending>& group) {
  for (const Ending& ending : group) {
    if (ending.attempt) {
      slots_.take(ending.attempt->messenger_id);
    }
  }
}

// A group that failed is tried again one by one, so that one that can never be recorded holds up nobody. It is given up
// where the store is not to blame, which keeps an entry of it; any other keeps its slot until it is recorded.
void DispatchLoop::put_off() {
  const bool was_alone = std::exchange(group_, 1) == 1;
  Unrecorded first = std::move(endings_.front());
  endings_.pop_front();
  if (was_alone && !store_.may_pass()) {
    ++first.failures;
    first.ending.text.entry.clear();  // should it be what cannot be written
  }
  if (first.failures >= most_failures && store_.transact_now([&first](Transaction& transaction) {
        static_cast<void>(transaction.outbox.times());
        transaction.events.add(EventType::error, std::string(not_recorded) + "\nMessage: " + id_of(first.ending));
      })) {
    log_.error(not_recorded, {{"messageId", id_of(first.ending)}});
    give_back_slots({first.ending});
    return let_go(first.ending);
  }
  endings_.push_back(std::move(first));
}

void DispatchLoop::let_go(const Ending& ending) {
  if (ending.attempt) {
    in_hand_.erase(ending.attempt->id);
  } else {
    --looks_in_hand_;
  }
  look_at_lanes_ = look_at_lanes_ || is_backlogged_;
}

void DispatchLoop::finish(const Ending& ending, const Recorded& recorded, std::int64_t now) {
  let_go(ending);
  if (recorded.is_others) {
    log_.error("The provider accepted a message under an id that is noted for another.",
               {{"messageId", id_of(ending)}});
  }
  if (ending.attempt) {
    finish_attempt(*ending.attempt, recorded, now);
  } else {
    finish_look(*ending.look, recorded);
  }
}

void DispatchLoop::finish_attempt(const LeasedAttempt& attempt, const Recorded& recorded, std::int64_t now) {
  counters_.late_answers += recorded.counted && recorded.was_late ? 1 : 0;
  if (!recorded.counted || recorded.stage == MessageStage::queued) {
    to_ask_.insert(attempt.id);  // it may have been called off
  } else {
    waiters_.tell(attempt.id, {recorded.stage, recorded.reason});
  }
  if (recorded.stage == MessageStage::queued) {
    look_at_lanes_ = look_at_lanes_ || recorded.due <= now;
    next_lane_ = std::min(next_lane_, recorded.due);
  } else if (recorded.stage == MessageStage::unknown && recorded.due > 0) {
    times_.look = times_.look == 0 ? recorded.due : std::min(times_.look, recorded.due);
  }
}

void DispatchLoop::finish_look(const EndedLook& look, const Recorded& recorded) {
  if (!recorded.counted) {
    return;
  }
  const Doubt& doubt = *look.doubt;
  if (recorded.was_found) {
    ++counters_.found;
    delivery_.tell_found(doubt.messenger_id, doubt.message, look.result, look.evidence);
  } else if (recorded.gave_up) {
    log_.warning(recorded.looked ? "A message in doubt was not surely found at its provider; it stays in doubt."
                                 : "A message in doubt could not be looked for; it stays in doubt.",
                 {{"messageId", doubt.message.id}});
  } else if (recorded.due > 0) {
    times_.look = times_.look == 0 ? recorded.due : std::min(times_.look, recorded.due);
  }
}

}  // namespace messenger::host
