// SPDX-License-Identifier: Apache-2.0
#include "delivery/attempt_verdict.hpp"

#include <algorithm>
#include <limits>

#include "delivery/back_off.hpp"

namespace messenger::host {

using loader::Outcome;

namespace {

void add(std::vector<std::string>& ids, const std::string& id) {
  if (!contains(ids, id)) {
    ids.push_back(id);
  }
}

class Judge {
 public:
  Judge(const LeasedAttempt& attempt, const AttemptResult& result, std::string reason, const Patience& patience,
        std::int64_t now, std::mt19937_64& chance)
      : attempt_(attempt), result_(result), patience_(patience), now_(now), chance_(chance) {
    progress_ = attempt.progress;
    progress_.attempt = attempt.attempt;
    progress_.began = result.began;
    progress_.ended = result.ended;
    progress_.looked = false;
    update_.id = attempt.id;
    update_.change = {now,
                      MessageStage::queued,
                      attempt.attempt,
                      attempt.messenger_id,
                      std::string(to_string(result.outcome)),
                      std::move(reason)};
  }

  MessageUpdate operator()() {
    decide();
    if (update_.change.stage != MessageStage::sent) {
      update_.progress = to_text(progress_);
    }
    update_.wipe = attempt_.secret && update_.change.stage != MessageStage::queued && update_.due == 0;
    return std::move(update_);
  }

 private:
  void decide() {
    switch (result_.outcome) {
      case Outcome::ok:
        update_.change.stage = MessageStage::sent;
        update_.provider_id = result_.provider_id;
        return;
      case Outcome::unknown:
        update_.change.stage = MessageStage::unknown;
        if (result_.can_reconcile && !patience_.look_after.empty()) {
          update_.due = now_ + patience_.look_after.front().count();
        }
        return;
      case Outcome::rejected:
        add(progress_.rejected, attempt_.messenger_id);
        return is_refused_by_all() ? fail() : go_on();
      case Outcome::retry:
      case Outcome::config:
      case Outcome::deadline:
      case Outcome::cancelled:  // where that was asked for, the outbox cancels it
        add(progress_.tried, attempt_.messenger_id);
        if (result_.retry_after.count() > 0) {
          progress_.not_before[attempt_.messenger_id] = now_ + std::min(result_.retry_after, longest_wait).count();
        }
        return go_on();
    }
  }

  bool is_refused_by_all() const {
    return std::all_of(attempt_.carriers.begin(), attempt_.carriers.end(),
                       [this](const std::string& id) { return contains(progress_.rejected, id); });
  }

  void fail() { update_.change.stage = MessageStage::failed; }

  // The next messenger at once and in its old place in the queue; after all of them, a pause.
  void go_on() {
    const bool has_another =
        std::any_of(attempt_.carriers.begin(), attempt_.carriers.end(), [this](const std::string& id) {
          return !contains(progress_.tried, id) && !contains(progress_.rejected, id) && not_before(id) <= now_;
        });
    if (has_another) {
      update_.due = attempt_.due;
      return;
    }
    const bool waits_for_circuit = result_.outcome == Outcome::config && progress_.tried.size() == 1;
    progress_.tried.clear();
    if (waits_for_circuit) {  // so that it goes as soon as the messenger is mended
      update_.due = attempt_.due;
      return;
    }
    ++progress_.rounds;
    const auto pause = back_off(progress_.rounds, patience_.shortest_pause, patience_.longest_pause, chance_);
    update_.due = std::max(now_ + pause.count(), first_that_may());
  }

  // When the first of the messengers that may still carry it wants to be asked again.
  std::int64_t first_that_may() const {
    std::int64_t first = std::numeric_limits<std::int64_t>::max();
    for (const std::string& id : attempt_.carriers) {
      if (!contains(progress_.rejected, id)) {
        first = std::min(first, not_before(id));
      }
    }
    return first == std::numeric_limits<std::int64_t>::max() ? 0 : first;
  }

  std::int64_t not_before(const std::string& id) const {
    const auto found = progress_.not_before.find(id);
    return found == progress_.not_before.end() ? 0 : found->second;
  }

  const LeasedAttempt& attempt_;
  const AttemptResult& result_;
  const Patience& patience_;
  const std::int64_t now_;
  std::mt19937_64& chance_;
  Progress progress_;
  MessageUpdate update_;
};

}  // namespace

MessageUpdate verdict_of(const LeasedAttempt& attempt, const AttemptResult& result, std::string reason,
                         const Patience& patience, std::int64_t now, std::mt19937_64& chance) {
  return Judge(attempt, result, std::move(reason), patience, now, chance)();
}

bool tells_of_messenger(const LeasedAttempt& attempt, Outcome outcome) noexcept {
  const bool was_asked = attempt.ticket != 0 || outcome == Outcome::config;
  return was_asked && !(attempt.is_brief && outcome == Outcome::deadline);
}

}  // namespace messenger::host
