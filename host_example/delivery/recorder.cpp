// SPDX-License-Identifier: Apache-2.0
#include "delivery/recorder.hpp"

#include <messenger/secret.hpp>

#include <utility>

#include "delivery/receipt_stage.hpp"

namespace messenger::host {

using loader::Outcome;

namespace {

// The answer says that the message was certainly not sent, but its text is gone: another host gave it up meanwhile, and
// its clock may differ from ours.
bool is_wiped(Transaction& transaction, const std::string& id) {
  auto message = transaction.outbox.find(id);
  const bool wiped = message && message->content.empty();
  if (message) {
    wipe(message->content);
  }
  return wiped;
}

MessageUpdate failed_for_good(const Ending& ending, std::int64_t now) {
  const LeasedAttempt& attempt = *ending.attempt;
  MessageUpdate update;
  update.id = attempt.id;
  update.change = {now, MessageStage::failed, attempt.attempt, {}, {}, ending.text.reason};
  update.wipe = attempt.secret;
  return update;
}

bool is_refused(const loader::Result& result) noexcept {
  return result.outcome == Outcome::config || result.outcome == Outcome::rejected;
}

// Of both kinds.
std::vector<ProviderKey> provider_keys(const std::vector<Ending>& endings) {
  std::vector<ProviderKey> keys;
  for (const Ending& ending : endings) {
    const loader::Result& result =
        ending.attempt ? static_cast<const loader::Result&>(ending.how->result) : ending.look->result;
    if (result.outcome == Outcome::ok && !result.provider_id.empty()) {
      keys.push_back(
          {ending.attempt ? ending.attempt->messenger_id : ending.look->doubt->messenger_id, result.provider_id});
    }
  }
  return keys;
}

// What is known of the message under the id that its provider gave, our own claim included; null where that gave none,
// or it is another message's: ours goes without it.
const KnownState* claim(ReceiptBook::Known& known, MessageUpdate& update) {
  if (update.provider_id.empty()) {
    return nullptr;
  }
  const KnownState* const claimed =
      ReceiptBook::claim(known, {update.change.messenger_id, update.provider_id}, update.id);
  if (claimed == nullptr) {
    update.provider_id.clear();
  }
  return claimed;
}

}  // namespace

// One unit.
struct Recorder::Unit {
  Transaction& transaction;
  const Patience& patience;
  const std::int64_t now;
  ReceiptBook::Known known = {};
  std::vector<Recorded> recorded = {};
  // Attempts that are to be recorded as one group, each with what is known of it; they are the last of `recorded`.
  std::vector<MessageUpdate> updates = {};
  std::vector<const KnownState*> claims = {};
};

std::vector<Recorded> Recorder::record(Transaction& transaction, const std::vector<Ending>& endings,
                                       const Patience& patience, std::int64_t now) {
  const auto keys = provider_keys(endings);
  Unit unit{transaction, patience, now};
  if (!keys.empty()) {
    ReceiptBook::hold(transaction, keys);
    unit.known = ReceiptBook::known(transaction, keys);
  }
  unit.recorded.reserve(endings.size());
  for (const Ending& ending : endings) {
    if (ending.attempt) {
      prepare_attempt(unit, ending);
    } else {
      record_attempts(unit);
      record_look(unit, *ending.look);
    }
  }
  record_attempts(unit);
  return std::move(unit.recorded);
}

void Recorder::prepare_attempt(Unit& unit, const Ending& ending) {
  MessageUpdate update =
      ending.course == Course::unreadable
          ? failed_for_good(ending, unit.now)
          : verdict_of(*ending.attempt, ending.how->result, ending.text.reason, unit.patience, unit.now, chance_);
  delivery_.write_events(unit.transaction, *ending.how, ending.text);
  Recorded recorded;
  recorded.was_late = ending.attempt->lease_until <= unit.now;
  const bool has_id = !update.provider_id.empty();
  const KnownState* const claimed = claim(unit.known, update);
  recorded.is_others = has_id && claimed == nullptr;
  if (ending.attempt->secret && update.change.stage == MessageStage::queued) {
    record_attempts(unit);
    if (is_wiped(unit.transaction, update.id)) {
      update.change.stage = MessageStage::failed;
      update.change.reason += " Its text was wiped meanwhile.";
      update.due = 0;
    }
  }
  unit.recorded.push_back(std::move(recorded));
  unit.updates.push_back(std::move(update));
  unit.claims.push_back(claimed);
}

void Recorder::record_attempts(Unit& unit) {
  const auto counted = unit.transaction.outbox.record(unit.updates);
  const std::size_t first = unit.recorded.size() - unit.updates.size();
  for (std::size_t i = 0; i != unit.updates.size(); ++i) {
    Recorded& recorded = unit.recorded[first + i];
    recorded.counted = counted[i];
    apply(unit, unit.updates[i], unit.claims[i], recorded);
  }
  unit.updates.clear();
  unit.claims.clear();
}

void Recorder::record_look(Unit& unit, const EndedLook& look) {
  const Doubt& doubt = *look.doubt;
  Progress progress = look.progress;
  progress.looked = progress.looked || look.result.outcome == Outcome::ok || look.result.outcome == Outcome::unknown;
  Recorded recorded;
  MessageUpdate update;
  update.id = doubt.message.id;
  update.change = {unit.now,
                   MessageStage::sent,
                   look.attempts,
                   doubt.messenger_id,
                   std::string(to_string(Outcome::ok)),
                   "It was found at its provider."};
  update.provider_id = look.result.outcome == Outcome::ok ? look.result.provider_id : std::string();
  update.wipe = doubt.message.secret;
  recorded.looked = progress.looked;
  const KnownState* const claimed = claim(unit.known, update);
  recorded.was_found = claimed != nullptr;
  if (!recorded.was_found) {
    const auto& look_after = unit.patience.look_after;
    const bool goes_on = !is_refused(look.result) && look.looks < static_cast<std::int64_t>(look_after.size());
    recorded.gave_up = !goes_on;
    update.change.stage = MessageStage::unknown;
    update.change.outcome.clear();
    update.change.reason = progress.looked ? "It was not surely found at its provider." : "It could not be looked for.";
    update.due = goes_on ? unit.now + look_after[static_cast<std::size_t>(look.looks)].count() : 0;
    update.wipe = update.wipe && !goes_on;
  }
  update.progress = to_text(progress);
  recorded.counted = unit.transaction.outbox.advance(update, {MessageStage::unknown});
  apply(unit, update, claimed, recorded);
  unit.recorded.push_back(std::move(recorded));
}

// Receipts that came first count now. The outbox alone tells of a send that it has recorded, and that has no receipts.
void Recorder::apply(Unit& unit, const MessageUpdate& update, const KnownState* known, Recorded& recorded) {
  recorded.stage = update.change.stage;
  recorded.due = update.due;
  recorded.reason = update.change.reason;
  if (known == nullptr) {
    return;
  }
  if (known->is_kept || !recorded.counted) {
    book_.put(unit.transaction, {update.change.messenger_id, update.provider_id}, *known);
  }
  if (known->is_kept && recorded.counted) {
    recorded.stage =
        move_by_receipt(unit.transaction, known->state, update.change.messenger_id, update.provider_id, unit.now)
            .value_or(recorded.stage);
  }
}

}  // namespace messenger::host
