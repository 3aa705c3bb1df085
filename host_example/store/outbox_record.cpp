// SPDX-License-Identifier: Apache-2.0
// How it is written what became of messages.
#include <algorithm>
#include <map>
#include <set>

#include "store/change_history.hpp"
#include "store/outbox.hpp"
#include "store/row_groups.hpp"
#include "store/sql.hpp"
#include "store/tables.hpp"

namespace messenger::host {

namespace {

std::string text(MessageStage stage) {
  return std::string(to_string(stage));
}

// 'sent', 'unknown', … as SQL has them.
std::string literals(const std::vector<MessageStage>& stages) {
  std::string list;
  for (const MessageStage stage : stages) {
    list.append(list.empty() ? "'" : ", '").append(to_string(stage)) += "'";
  }
  return list;
}

constexpr std::string_view called_off = "Called off; no attempt at it was under way any more.";

const std::string set_changed =
    "UPDATE message SET stage = :stage, reason = :reason, due = :due, lease_holder = '', lease_until = 0,"
    " messenger_id = COALESCE(NULLIF(:messenger, ''), messenger_id),"
    " provider_id = COALESCE(NULLIF(:provider, ''), provider_id),"
    " progress = COALESCE(NULLIF(:progress, ''), progress),"
    " content = CASE WHEN :wipe = 1 THEN '' ELSE content END, last_update_instant = :now,"
    " history = history || :line WHERE id = :id AND ";
const std::string returning = " RETURNING ordinal, cancel_requested, secret";

// What a message must be, and the statements that say so: whether it may turn out to be called off is asked only of one
// that would be queued again.
struct Change {
  explicit Change(const std::string& condition)
      : settles(set_changed + condition), queues(set_changed + condition + returning) {}

  std::string settles, queues;
};

// The same of many messages; what is set comes from a table of theirs.
std::string record_many(std::size_t rows) {
  const std::string values =
      numbered(rows,
               "(:id#, CAST(:attempt# AS BIGINT), :stage#, :reason#, CAST(:due# AS BIGINT), :messenger#, :provider#,"
               " :progress#, CAST(:wipe# AS BIGINT), CAST(:now# AS BIGINT), :line#)");
  return "UPDATE message SET stage = new.stage, reason = new.reason, due = new.due, lease_holder = '', lease_until = 0,"
         " messenger_id = COALESCE(NULLIF(new.messenger, ''), messenger_id),"
         " provider_id = COALESCE(NULLIF(new.provider, ''), provider_id),"
         " progress = COALESCE(NULLIF(new.progress, ''), message.progress),"
         " content = CASE WHEN new.wipe = 1 THEN '' ELSE content END, last_update_instant = new.now,"
         " history = history || new.line FROM (VALUES " +
         values +
         ") AS new (id, attempt, stage, reason, due, messenger, provider, progress, wipe, now, line)"
         " WHERE message.id = new.id AND attempts = new.attempt AND message.stage IN ('leased', 'unknown')"
         " RETURNING message.id, ordinal, message.stage, cancel_requested, secret";
}

// Of two of one message the second may depend on what the first has made of it. Whether one in doubt was so before is
// seen of one at a time.
bool are_recorded_at_once(std::span<const MessageUpdate> updates, std::size_t count) {
  std::set<std::string_view> ids;
  for (const MessageUpdate& update : updates.first(std::min(count, updates.size()))) {
    if (update.change.stage != MessageStage::unknown) {
      ids.insert(update.id);
    }
  }
  return count > 1 && ids.size() == count;
}

}  // namespace

void SqlOutbox::count(MessageStage stage, std::int64_t instant, std::size_t messages) {
  if (is_settled(stage) && messages != 0) {
    execute(connection_, "INSERT INTO stage_change (stage, instant, messages) VALUES (:stage, :instant, :messages)",
            text(stage), instant, static_cast<std::int64_t>(messages));
  }
}

std::string SqlOutbox::sealed_progress(const MessageUpdate& update) const {
  return update.progress.empty() ? std::string() : sealing_.seal(message_place(update.id, "progress"), update.progress);
}

// `values` are those of the placeholders with which the condition ends.
template <class... Values>
bool SqlOutbox::change(const MessageUpdate& update, const std::string& settles, const std::string& queues,
                       const Values&... values) {
  const auto bound = [&](auto run) {
    return run(text(update.change.stage), update.change.reason, update.due, update.change.messenger_id,
               update.provider_id, sealed_progress(update), std::int64_t{update.wipe ? 1 : 0}, update.change.instant,
               history_line(update.change), update.id, values...);
  };
  if (update.change.stage != MessageStage::queued) {
    return bound([&](const auto&... all) { return execute(connection_, settles, all...); }) == 1;
  }
  const auto rows = bound(
      [&](const auto&... all) { return query<std::int64_t, std::int64_t, std::int64_t>(connection_, queues, all...); });
  if (rows.empty()) {
    return false;
  }
  const auto& [ordinal, cancel_requested, secret] = rows.front();
  if (cancel_requested != 0) {
    call_off(ordinal, secret != 0, update.change.instant);
  }
  return true;
}

void SqlOutbox::call_off(std::int64_t ordinal, bool secret, std::int64_t now) {
  finish(ordinal, secret, {now, MessageStage::cancelled, 0, {}, {}, std::string(called_off)});
}

std::vector<bool> SqlOutbox::record(std::span<const MessageUpdate> updates) {
  std::vector<bool> recorded;
  recorded.reserve(updates.size());
  std::map<std::pair<MessageStage, std::int64_t>, std::size_t> became;
  const std::size_t most = connection_.dialect().rows_at_once;
  for (std::size_t at = 0; at != updates.size();) {
    const std::size_t count = are_recorded_at_once(updates.subspan(at), most) ? most : 1;
    const auto some = updates.subspan(at, count);
    const auto done = count == 1 ? std::vector{record_one(some.front())} : record_some(some);
    for (std::size_t i = 0; i != count; ++i) {
      recorded.push_back(done[i] != Recorded::no);
      became[{some[i].change.stage, some[i].change.instant}] += done[i] == Recorded::becomes ? 1 : 0;
    }
    at += count;
  }
  for (const auto& [change, messages] : became) {
    this->count(change.first, change.second, messages);
  }
  return recorded;
}

// Should its lease end between the two, by another host's doing, that host has counted it.
SqlOutbox::Recorded SqlOutbox::record_one(const MessageUpdate& update) {
  static const Change recording("attempts = :attempt AND stage IN ('leased', 'unknown')");
  static const Change of_leased("attempts = :attempt AND stage = 'leased'");
  static const Change of_unknown("attempts = :attempt AND stage = 'unknown'");
  const auto changes = [&](const Change& how) {
    return change(update, how.settles, how.queues, update.change.attempt);
  };
  if (update.change.stage != MessageStage::unknown) {
    return changes(recording) ? Recorded::becomes : Recorded::no;
  }
  if (changes(of_leased)) {
    return Recorded::becomes;
  }
  return changes(of_unknown) ? Recorded::stays : Recorded::no;
}

std::vector<SqlOutbox::Recorded> SqlOutbox::record_some(std::span<const MessageUpdate> updates) {
  static const std::string sql = record_many(many_rows);
  std::vector<SqlValue> values;
  for (const MessageUpdate& update : updates) {
    values.emplace_back(update.id);
    values.emplace_back(update.change.attempt);
    values.emplace_back(text(update.change.stage));
    values.emplace_back(update.change.reason);
    values.emplace_back(update.due);
    values.emplace_back(update.change.messenger_id);
    values.emplace_back(update.provider_id);
    values.emplace_back(sealed_progress(update));
    values.emplace_back(std::int64_t{update.wipe ? 1 : 0});
    values.emplace_back(update.change.instant);
    values.emplace_back(history_line(update.change));
  }
  std::set<std::string> changed;
  for (const auto& [id, ordinal, stage, cancel_requested, secret] :
       query<std::string, std::int64_t, std::string, std::int64_t, std::int64_t>(connection_, sql, values)) {
    changed.insert(id);
    if (cancel_requested != 0 && kept_stage(stage) == MessageStage::queued) {
      call_off(ordinal, secret != 0, updates.front().change.instant);
    }
  }
  std::vector<Recorded> recorded;
  for (const MessageUpdate& update : updates) {
    recorded.push_back(changed.contains(update.id) ? Recorded::becomes : Recorded::no);
  }
  return recorded;
}

bool SqlOutbox::advance(const MessageUpdate& update, const std::vector<MessageStage>& from) {
  const Change advancing("(attempts = :attempt OR :any = 0) AND stage IN (" + literals(from) + ")");
  const bool changed = !from.empty() && change(update, advancing.settles, advancing.queues, update.change.attempt,
                                               update.change.attempt);
  if (changed && std::find(from.begin(), from.end(), update.change.stage) == from.end()) {
    count(update.change.stage, update.change.instant, 1);
  }
  return changed;
}

// A final state of this unit's own message, queued until now.
void SqlOutbox::finish(std::int64_t ordinal, bool wipe, const MessageChange& change) {
  execute(connection_,
          "UPDATE message SET stage = :stage, reason = :reason, last_update_instant = :now,"
          " content = CASE WHEN :wipe = 1 THEN '' ELSE content END, history = history || :line"
          " WHERE ordinal = :ordinal",
          text(change.stage), change.reason, change.instant, std::int64_t{wipe ? 1 : 0}, history_line(change), ordinal);
  count(change.stage, change.instant, 1);
}

std::optional<MessageStage> SqlOutbox::cancel(std::string_view id, std::int64_t now, std::string_view reason) {
  const auto rows = query<std::int64_t, std::string, std::int64_t, std::int64_t, std::int64_t>(
      connection_,
      "SELECT ordinal, stage, attempts, secret, cancel_requested FROM message WHERE id = :id" +
          std::string(connection_.dialect().for_update),
      std::string(id));
  if (rows.empty()) {
    return std::nullopt;
  }
  const auto& [ordinal, name, attempts, secret, cancel_requested] = rows.front();
  const MessageStage stage = kept_stage(name);
  if (stage == MessageStage::queued) {
    finish(ordinal, secret != 0, {now, MessageStage::cancelled, 0, {}, {}, std::string(reason)});
    return MessageStage::cancelled;
  }
  const bool may_come_back = stage == MessageStage::leased || stage == MessageStage::unknown;
  if (may_come_back && cancel_requested == 0) {
    execute(connection_, "UPDATE message SET cancel_requested = 1, history = history || :line WHERE ordinal = :ordinal",
            history_line({now, stage, attempts, {}, {}, std::string(reason)}), ordinal);
  }
  return stage;
}

}  // namespace messenger::host
