// SPDX-License-Identifier: Apache-2.0
// How messages come into the outbox, and how what became of them is written.
#include "store/outbox.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "store/change_history.hpp"
#include "store/outbox_rows.hpp"
#include "store/sql.hpp"
#include "store/store.hpp"
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

// Digests of the outbox are as long as is needed for no two to be alike.
constexpr std::size_t digest_size = 32;  // hex digits: 128 bits

std::string insert_messages(std::size_t rows) {
  static const std::string columns =
      "id, lane, priority, stage, secret, due, expires, attempts, looks, lease_until, cancel_requested, insert_instant,"
      " last_update_instant, messenger_id, provider_id, lease_holder, reason, progress, envelope, content, destination,"
      " idempotency, request, history";
  std::string sql = "INSERT INTO message (" + columns + ") VALUES ";
  for (std::size_t row = 0; row != rows; ++row) {
    const std::string n = std::to_string(row);
    sql += (row == 0 ? "(:id" : ", (:id") + n + ", :lane" + n + ", :priority" + n + ", 'queued', :secret" + n +
           ", :due" + n + ", :expires" + n + ", 0, 0, 0, 0, :inserted" + n + ", :updated" + n +
           ", '', '', '', 'Accepted.', '', :envelope" + n + ", :content" + n + ", :destination" + n + ", :idempotency" +
           n + ", :request" + n + ", '')";
  }
  return sql + " ON CONFLICT DO NOTHING";
}

}  // namespace

std::vector<AddedMessage> SqlOutbox::add(std::span<const NewMessage> messages) {
  connection_.check_room();
  std::vector<AddedMessage> added;
  added.reserve(messages.size());
  const std::int64_t now = now_ms();
  const std::size_t most = connection_.dialect().rows_at_once;
  for (std::size_t at = 0; at != messages.size();) {
    const std::size_t count = messages.size() - at >= most ? most : 1;
    const auto is_new = insert(messages.subspan(at, count), now);
    for (std::size_t i = 0; i != count; ++i) {
      added.push_back(is_new[i] ? AddedMessage{messages[at + i].id} : known(messages[at + i]));
    }
    at += count;
  }
  return added;
}

// Which of them were not there yet.
std::vector<bool> SqlOutbox::insert(std::span<const NewMessage> messages, std::int64_t now) {
  std::vector<SqlValue> values;
  for (const NewMessage& message : messages) {
    for (SqlValue& value : std::vector<SqlValue>{
             message.id, to_lane(message.priority, message.tenant_id, message.route),
             static_cast<std::int64_t>(message.priority), std::int64_t{message.secret ? 1 : 0}, message.due,
             message.expires, now, now, sealing_.seal(message_place(message.id, "envelope"), message.envelope),
             sealing_.seal(message_place(message.id, "content"), message.content),
             destination_digest(message.destination), idempotency_digest(message), kept_request(message)}) {
      values.push_back(std::move(value));
    }
  }
  const std::string sql = insert_messages(messages.size());
  if (messages.size() == 1) {
    return {execute(connection_, sql, values) == 1};
  }
  std::set<std::string> inserted;
  for (auto& [id] : query<std::string>(connection_, sql + " RETURNING id", values)) {
    inserted.insert(std::move(id));
  }
  std::vector<bool> is_new;
  for (const NewMessage& message : messages) {
    is_new.push_back(inserted.erase(message.id) == 1);  // of two of one id, the first
  }
  return is_new;
}

// Whose commit was waited for is seen by the next statement.
AddedMessage SqlOutbox::known(const NewMessage& message) {
  if (auto found = find_added(message)) {
    return *found;
  }
  throw StoreBusy("A message with this key was removed in this moment.");
}

std::optional<AddedMessage> SqlOutbox::find_added(const NewMessage& message) {
  const std::string request = kept_request(message);
  if (!message.idempotency_key.empty()) {
    for (const auto& [id, kept] : query<std::string, std::string>(
             connection_, "SELECT id, request FROM message WHERE idempotency = :idempotency AND idempotency <> ''",
             idempotency_digest(message))) {
      return AddedMessage{id, false, equal_digests(kept, request)};
    }
  }
  for (const auto& [kept] : query<std::string>(connection_, "SELECT request FROM message WHERE id = :id", message.id)) {
    return AddedMessage{message.id, false, equal_digests(kept, request)};
  }
  return std::nullopt;
}

std::string SqlOutbox::digest(std::string_view purpose, std::string_view text) const {
  return sealing_.digest(purpose, text).substr(0, digest_size);
}

std::string SqlOutbox::destination_digest(const std::string& destination) const {
  return digest("destination", destination);
}

std::string SqlOutbox::idempotency_digest(const NewMessage& message) const {
  return message.idempotency_key.empty() ? std::string()
                                         : digest("idempotency key", message.tenant_id + "|" + message.idempotency_key);
}

std::string SqlOutbox::kept_request(const NewMessage& message) const {
  return digest("request", message.request_digest);
}

void SqlOutbox::count(MessageStage stage, std::int64_t instant, std::size_t messages) {
  if (is_settled(stage) && messages != 0) {
    execute(connection_, "INSERT INTO stage_change (stage, instant, messages) VALUES (:stage, :instant, :messages)",
            text(stage), instant, static_cast<std::int64_t>(messages));
  }
}

// `condition` says what the message must be, and ends with the placeholders of `values`. Only one that would be queued
// again can turn out to be called off.
template <class... Values>
bool SqlOutbox::change(const MessageUpdate& update, const std::string& condition, const Values&... values) {
  const auto run = [&](auto run_statement, const std::string& end) {
    return run_statement(
        "UPDATE message SET stage = :stage, reason = :reason, due = :due, lease_holder = '', lease_until = 0,"
        " messenger_id = COALESCE(NULLIF(:messenger, ''), messenger_id),"
        " provider_id = COALESCE(NULLIF(:provider, ''), provider_id),"
        " progress = COALESCE(NULLIF(:progress, ''), progress),"
        " content = CASE WHEN :wipe = 1 THEN '' ELSE content END, last_update_instant = :now,"
        " history = history || :line WHERE id = :id AND " +
            condition + end,
        text(update.change.stage), update.change.reason, update.due, update.change.messenger_id, update.provider_id,
        update.progress.empty() ? std::string() : sealing_.seal(message_place(update.id, "progress"), update.progress),
        std::int64_t{update.wipe ? 1 : 0}, update.change.instant, history_line(update.change), update.id, values...);
  };
  if (update.change.stage != MessageStage::queued) {
    return run([this](const auto&... all) { return execute(connection_, all...); }, "") == 1;
  }
  const auto rows =
      run([this](const auto&... all) { return query<std::int64_t, std::int64_t, std::int64_t>(connection_, all...); },
          " RETURNING ordinal, cancel_requested, secret");
  if (rows.empty()) {
    return false;
  }
  if (const auto& [ordinal, cancel_requested, secret] = rows.front(); cancel_requested != 0) {
    finish(ordinal, secret != 0, {update.change.instant, MessageStage::cancelled, 0, {}, {}, std::string(called_off)});
  }
  return true;
}

std::vector<bool> SqlOutbox::record(std::span<const MessageUpdate> updates) {
  std::vector<bool> recorded;
  recorded.reserve(updates.size());
  std::map<std::pair<MessageStage, std::int64_t>, std::size_t> became;
  for (const MessageUpdate& update : updates) {
    recorded.push_back(change(update, "attempts = :attempt AND stage IN ('leased', 'unknown')", update.change.attempt));
    became[{update.change.stage, update.change.instant}] += recorded.back() ? 1 : 0;
  }
  for (const auto& [change, messages] : became) {
    count(change.first, change.second, messages);
  }
  return recorded;
}

bool SqlOutbox::advance(const MessageUpdate& update, const std::vector<MessageStage>& from) {
  const bool changed =
      !from.empty() && change(update, "(attempts = :attempt OR :any = 0) AND stage IN (" + literals(from) + ")",
                              update.change.attempt, update.change.attempt);
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
