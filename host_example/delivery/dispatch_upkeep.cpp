// SPDX-License-Identifier: Apache-2.0
// What time alone brings: lifetimes and leases that end, looks for messages in doubt, and those who wait.
#include <messenger/secret.hpp>

#include <algorithm>
#include <utility>

#include "delivery/dispatch_loop.hpp"
#include "delivery/message_content.hpp"
#include "delivery/route.hpp"
#include "delivery/send.hpp"

namespace messenger::host {

namespace {

constexpr std::size_t most_expired = 1'000;      // at once
constexpr std::size_t most_ended = 64;           // leases, at once
constexpr int most_units = 5;                    // of upkeep, before anything is leased
constexpr std::size_t most_swept = 500;          // at once
constexpr std::int64_t sweep_interval = 60'000;  // ms
constexpr std::int64_t ask_interval = 250;       // ms, for those who wait for a message that is not in hand here
constexpr std::int64_t others_time = 200;        // ms, until others are done with what they have in hand

bool has_come(std::int64_t instant, std::int64_t now) noexcept {
  return instant != 0 && instant <= now;
}

// When the last attempt began and ended at the latest, for a host that did not live to say so.
void read_times(const OutboxMessage& message, const std::vector<MessageChange>& history, Progress& progress) {
  progress.began = message.insert_instant;
  progress.ended = message.last_update_instant;
  for (const MessageChange& change : history) {
    if (change.attempt == message.attempts && change.stage == MessageStage::leased) {
      progress.began = change.instant;
    } else if (change.attempt == message.attempts && change.stage == MessageStage::unknown) {
      progress.ended = change.instant;
    }
  }
}

// Who cannot read it cannot look for it: it stays in doubt. False when it can be read.
bool give_up_unreadable(Transaction& transaction, const OutboxMessage& doubt, std::int64_t now) {
  if (doubt.is_readable) {
    return false;
  }
  MessageUpdate update;
  update.id = doubt.id;
  update.change = {now, MessageStage::unknown, doubt.attempts, {}, {}, "Its text cannot be read."};
  update.wipe = doubt.secret;
  transaction.outbox.advance(update, {MessageStage::unknown});
  return true;
}

}  // namespace

// What one unit of upkeep has brought.
struct DispatchLoop::Taken {
  std::vector<std::string> expired, ended;
  std::vector<OutboxMessage> doubts;
  std::vector<std::vector<MessageChange>> histories;  // of the doubts
  std::size_t swept = 0;
  OutboxTimes times;
};

bool DispatchLoop::is_time_for_upkeep(std::int64_t now) const {
  if (stopping_) {
    return false;
  }
  const bool has_work = has_come(times_.expiry, now) || has_come(times_.lease_end, now) ||
                        (has_come(times_.look, now) && looks_in_hand_ < most_looks);
  return now >= next_look_around_ || now >= next_sweep_ || (has_work && now >= upkeep_not_before_);
}

// Leasing steps over every message that has expired, so that they go first where they are many.
void DispatchLoop::upkeep(std::int64_t now) {
  for (int units = 1; upkeep_once(now) && units < most_units; ++units) {
  }
}

// Whether more messages have expired.
bool DispatchLoop::upkeep_once(std::int64_t now) {
  if (!is_time_for_upkeep(now)) {
    return false;
  }
  const std::size_t looks = most_looks - std::min(looks_in_hand_, most_looks);
  const std::int64_t again = now + time_to_look.count() + options_.lease_margin.count();
  const bool sweeps = now >= next_sweep_;
  Taken taken;
  const bool committed = transact([&](Transaction& transaction) {
    taken = {};
    taken.expired = transaction.outbox.expire(now, most_expired);
    taken.ended = transaction.outbox.end_leases(now, most_ended);
    taken.doubts = transaction.outbox.take_looks(now, looks, again);
    std::erase_if(taken.doubts,
                  [&](const OutboxMessage& doubt) { return give_up_unreadable(transaction, doubt, now); });
    for (const OutboxMessage& doubt : taken.doubts) {
      taken.histories.push_back(transaction.outbox.history(doubt.id));
    }
    if (sweeps) {
      taken.swept =
          std::max(transaction.outbox.sweep(now - std::chrono::milliseconds(options_.kept_for).count(), most_swept),
                   transaction.outbox.sweep_changes(now, most_swept));
    }
    taken.times = transaction.outbox.times();
  });
  if (!committed) {
    return false;
  }
  if (now >= next_look_around_) {
    next_look_around_ = now + options_.look_around.count();
    look_at_lanes_ = true;
  }
  if (sweeps) {
    next_sweep_ = taken.swept == most_swept ? now : now + sweep_interval;
  }
  times_ = taken.times;
  const bool is_idle = taken.expired.empty() && taken.ended.empty() && taken.doubts.empty();
  upkeep_not_before_ = is_idle ? now + others_time : 0;
  counters_.expired += taken.expired.size();
  counters_.leases_ended += taken.ended.size();
  counters_.looks += taken.doubts.size();
  to_ask_.insert(taken.expired.begin(), taken.expired.end());
  to_ask_.insert(taken.ended.begin(), taken.ended.end());
  for (const std::string& id : taken.ended) {
    if (const auto own = in_hand_.find(id); own != in_hand_.end()) {
      own->second->lease_until = now;
    }
    log_.warning("The lease of a message has ended: it may have been sent.", {{"messageId", id}});
  }
  for (std::size_t i = 0; i < taken.doubts.size(); ++i) {
    begin_look(taken.doubts[i], taken.histories[i]);
  }
  return taken.expired.size() == most_expired;
}

void DispatchLoop::begin_look(OutboxMessage& message, const std::vector<MessageChange>& history) {
  const auto look = std::make_shared<EndedLook>();
  look->doubt = std::make_shared<Doubt>();
  look->progress = progress_of(message.progress);
  look->looks = message.looks;
  look->attempts = message.attempts;  // which its result counts for
  if (look->progress.attempt != message.attempts) {
    look->progress.attempt = message.attempts;
    look->progress.looked = false;
    read_times(message, history, look->progress);
  }
  const auto answer = [&inbox = inbox_, look](const loader::Result& result, const std::string& evidence) {
    look->result = result;
    look->evidence = evidence;
    inbox.put([&](DispatchMail& mail) { mail.endings.push_back({nullptr, nullptr, look}); });
  };
  ++looks_in_hand_;
  ++open_calls_;
  try {
    Doubt& doubt = *look->doubt;
    doubt.message.id = message.id;
    doubt.message.secret = message.secret;
    doubt.message = outgoing_message(message);
    doubt.messenger_id = message.messenger_id;
    doubt.began = look->progress.began;
    doubt.ended = look->progress.ended;
    start_look(registry_, doubt, answer);
  } catch (const std::exception& error) {
    log_.error("A message in doubt could not be looked for: " + std::string(error.what()), {{"messageId", message.id}});
    loader::Result result;
    result.outcome = loader::Outcome::retry;
    answer(result, {});
  }
  wipe(message.content);
}

void DispatchLoop::ask_for_waiters(std::int64_t now) {
  std::map<std::string, bool> asked;  // whether it is the last time
  for (const auto& [id, is_last] : waiters_.due(now, ask_interval)) {
    if (is_last || !in_hand_.contains(id)) {
      asked[id] = asked[id] || is_last;
    }
  }
  for (const std::string& id : std::exchange(to_ask_, {})) {
    if (waiters_.has(id)) {
      asked.emplace(id, false);
    }
  }
  if (asked.empty()) {
    return;
  }
  std::map<std::string, std::pair<std::optional<OutboxMessage>, bool>> found;
  transact([&](Transaction& transaction) {
    found.clear();
    for (const auto& [id, is_last] : asked) {
      auto message = transaction.outbox.find(id);
      const bool misconfigured =
          message && message->stage == MessageStage::queued && is_misconfigured(transaction, *message);
      if (message) {
        wipe(message->content);
      }
      found[id] = {std::move(message), misconfigured};
    }
  });
  for (const auto& [id, is_last] : asked) {
    const auto& [message, misconfigured] = found[id];
    tell_waiters(id, message, misconfigured, is_last);
  }
}

// Nobody of its route will carry it before somebody mends one.
bool DispatchLoop::is_misconfigured(Transaction& transaction, const OutboxMessage& message) const {
  const MessageRoute route = read_route(transaction, message.route);
  const Progress progress = progress_of(message.progress);
  return std::all_of(route.carriers.begin(), route.carriers.end(), [&](const MessageType::Carrier& carrier) {
    return contains(progress.rejected, carrier.messenger_id) || circuits_.is_misconfigured(carrier.messenger_id);
  });
}

void DispatchLoop::tell_waiters(const std::string& message_id, const std::optional<OutboxMessage>& message,
                                bool misconfigured, bool is_last) {
  if (!message) {
    if (is_last) {
      waiters_.tell(message_id, {MessageStage::queued, "It is not known where the message stands."});
    }
    return;
  }
  const bool goes_on = message->stage == MessageStage::queued && (message->attempts > 0 || misconfigured);
  if (is_last || is_settled(message->stage) || goes_on) {
    waiters_.tell(message_id, {message->stage, message->reason, misconfigured});
  }
}

}  // namespace messenger::host
