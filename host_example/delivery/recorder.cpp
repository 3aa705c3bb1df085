// SPDX-License-Identifier: Apache-2.0
#include "delivery/recorder.hpp"

#include <messenger/secret.hpp>

#include <algorithm>
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

bool is_refused(const loader::Result& result) noexcept {
  return result.outcome == Outcome::config || result.outcome == Outcome::rejected;
}

// Of both kinds, in one order, so that two hosts never wait for each other.
std::vector<std::pair<std::string, std::string>> provider_ids(const std::vector<Ending>& endings) {
  std::vector<std::pair<std::string, std::string>> ids;
  for (const Ending& ending : endings) {
    const loader::Result& result =
        ending.attempt ? static_cast<const loader::Result&>(ending.how->result) : ending.look->result;
    if (result.outcome == Outcome::ok && !result.provider_id.empty()) {
      ids.emplace_back(ending.attempt ? ending.attempt->messenger_id : ending.look->doubt->messenger_id,
                       result.provider_id);
    }
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace

std::vector<Recorded> Recorder::record(Transaction& transaction, const std::vector<Ending>& endings,
                                       const Patience& patience, std::int64_t now) {
  for (const auto& [messenger_id, provider_id] : provider_ids(endings)) {
    ReceiptBook::hold(transaction, messenger_id, provider_id);
  }
  std::vector<Recorded> recorded;
  recorded.reserve(endings.size());
  for (const Ending& ending : endings) {
    recorded.push_back(ending.attempt ? record_attempt(transaction, ending, patience, now)
                                      : record_look(transaction, *ending.look, patience, now));
  }
  return recorded;
}

Recorded Recorder::record_attempt(Transaction& transaction, const Ending& ending, const Patience& patience,
                                  std::int64_t now) {
  MessageUpdate update = verdict_of(*ending.attempt, ending.how->result, ending.text.reason, patience, now, chance_);
  delivery_.write_events(transaction, *ending.how, ending.text);
  Recorded recorded;
  MessageState state;
  recorded.was_late = ending.attempt->lease_until <= now;
  recorded.is_others = !note(transaction, update, state);
  if (ending.attempt->secret && update.change.stage == MessageStage::queued && is_wiped(transaction, update.id)) {
    update.change.stage = MessageStage::failed;
    update.change.reason += " Its text was wiped meanwhile.";
    update.due = 0;
  }
  recorded.counted = transaction.outbox.record(update);
  apply(transaction, update, state, now, recorded);
  return recorded;
}

Recorded Recorder::record_look(Transaction& transaction, const EndedLook& look, const Patience& patience,
                               std::int64_t now) {
  const Doubt& doubt = *look.doubt;
  Progress progress = look.progress;
  progress.looked = progress.looked || look.result.outcome == Outcome::ok || look.result.outcome == Outcome::unknown;
  Recorded recorded;
  MessageState state;
  MessageUpdate update;
  update.id = doubt.message.id;
  update.change = {now,
                   MessageStage::sent,
                   look.attempts,
                   doubt.messenger_id,
                   std::string(to_string(Outcome::ok)),
                   "It was found at its provider."};
  update.provider_id = look.result.provider_id;
  update.wipe = doubt.message.secret;
  const bool has_id = look.result.outcome == Outcome::ok && !update.provider_id.empty();
  recorded.looked = progress.looked;
  recorded.was_found = has_id && note(transaction, update, state);
  if (!recorded.was_found) {
    const bool goes_on = !is_refused(look.result) && look.looks < static_cast<std::int64_t>(patience.look_after.size());
    recorded.gave_up = !goes_on;
    update.provider_id.clear();
    update.change.stage = MessageStage::unknown;
    update.change.outcome.clear();
    update.change.reason = progress.looked ? "It was not surely found at its provider." : "It could not be looked for.";
    update.due = goes_on ? now + patience.look_after[static_cast<std::size_t>(look.looks)].count() : 0;
    update.wipe = update.wipe && !goes_on;
  }
  update.progress = to_text(progress);
  recorded.counted = transaction.outbox.advance(update, {MessageStage::unknown});
  apply(transaction, update, state, now, recorded);
  return recorded;
}

// False when the provider's id is another message's: ours goes without it.
bool Recorder::note(Transaction& transaction, MessageUpdate& update, MessageState& state) {
  if (update.provider_id.empty()) {
    return true;
  }
  auto noted = book_.note_sent(transaction, update.change.messenger_id, update.provider_id, update.id);
  if (!noted) {
    update.provider_id.clear();
    return false;
  }
  state = std::move(*noted);
  return true;
}

// Receipts that came first count now.
void Recorder::apply(Transaction& transaction, const MessageUpdate& update, const MessageState& state, std::int64_t now,
                     Recorded& recorded) {
  recorded.stage = update.change.stage;
  recorded.due = update.due;
  recorded.reason = update.change.reason;
  if (recorded.counted && !update.provider_id.empty()) {
    recorded.stage = move_by_receipt(transaction, state, update.change.messenger_id, update.provider_id, now)
                         .value_or(recorded.stage);
  }
}

}  // namespace messenger::host
