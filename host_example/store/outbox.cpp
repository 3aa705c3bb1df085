// SPDX-License-Identifier: Apache-2.0
// How messages come into the outbox, and how what became of them is written.
#include "store/outbox.hpp"

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

constexpr std::string_view accepted = "Accepted.";
constexpr std::string_view called_off = "Called off; no attempt at it was under way any more.";

}  // namespace

std::vector<AddedMessage> SqlOutbox::add(std::span<const NewMessage> messages) {
  connection_.check_room();
  std::vector<AddedMessage> added;
  added.reserve(messages.size());
  for (const NewMessage& message : messages) {
    added.push_back(add_one(message));
  }
  return added;
}

AddedMessage SqlOutbox::add_one(const NewMessage& message) {
  const std::int64_t now = now_ms();
  const auto added = query<std::int64_t>(
      connection_,
      "INSERT INTO message (id, tenant_id, route, lane, priority, stage, envelope, content, destination, secret, due,"
      " expires, attempts, looks, lease_holder, lease_until, progress, cancel_requested, messenger_id, provider_id,"
      " reason, idempotency, request, insert_instant, last_update_instant)"
      " VALUES (:id, :tenant, :route, :lane, :priority, 'queued', :envelope, :content, :destination, :secret, :due,"
      " :expires, 0, 0, '', 0, '', 0, '', '', :reason, :idempotency, :request, :inserted, :updated)"
      " ON CONFLICT DO NOTHING RETURNING ordinal",
      message.id, message.tenant_id, message.route, to_lane(message.priority, message.tenant_id, message.route),
      static_cast<std::int64_t>(message.priority),
      sealing_.seal(message_place(message.id, "envelope"), message.envelope),
      sealing_.seal(message_place(message.id, "content"), message.content), destination_digest(message.destination),
      std::int64_t{message.secret ? 1 : 0}, message.due, message.expires, std::string(accepted),
      idempotency_digest(message), kept_request(message), now, now);
  if (added.empty()) {
    // Whose commit was waited for is seen by the next statement.
    if (auto known = find_added(message)) {
      return *known;
    }
    throw StoreBusy("A message with this key was removed in this moment.");
  }
  write(std::get<0>(added.front()), {now, MessageStage::queued, 0, {}, {}, std::string(accepted)});
  return {message.id};
}

std::optional<AddedMessage> SqlOutbox::find_added(const NewMessage& message) {
  const std::string request = kept_request(message);
  for (const auto& [id, kept] : query<std::string, std::string>(
           connection_, "SELECT id, request FROM message WHERE idempotency = :idempotency AND idempotency <> ''",
           idempotency_digest(message))) {
    return AddedMessage{id, false, equal_digests(kept, request)};
  }
  for (const auto& [kept] : query<std::string>(connection_, "SELECT request FROM message WHERE id = :id", message.id)) {
    return AddedMessage{message.id, false, equal_digests(kept, request)};
  }
  return std::nullopt;
}

std::string SqlOutbox::idempotency_digest(const NewMessage& message) const {
  return message.idempotency_key.empty()
             ? std::string()
             : sealing_.digest("idempotency key", message.tenant_id + "|" + message.idempotency_key);
}

std::string SqlOutbox::kept_request(const NewMessage& message) const {
  return sealing_.digest("request", message.request_digest);
}

void SqlOutbox::write(std::int64_t message, const MessageChange& change) {
  execute(connection_,
          "INSERT INTO message_change (message, instant, stage, attempt, messenger_id, outcome, reason)"
          " VALUES (:message, :instant, :stage, :attempt, :messenger, :outcome, :reason)",
          message, change.instant, text(change.stage), change.attempt, change.messenger_id, change.outcome,
          change.reason);
}

// `condition` says what the message must be, and ends with the placeholders of `values`.
template <class... Values>
bool SqlOutbox::change(const MessageUpdate& update, const std::string& condition, const Values&... values) {
  const auto rows = query<std::int64_t, std::int64_t, std::int64_t>(
      connection_,
      "UPDATE message SET stage = :stage, reason = :reason, due = :due, lease_holder = '', lease_until = 0,"
      " messenger_id = COALESCE(NULLIF(:messenger, ''), messenger_id),"
      " provider_id = COALESCE(NULLIF(:provider, ''), provider_id),"
      " progress = COALESCE(NULLIF(:progress, ''), progress),"
      " content = CASE WHEN :wipe = 1 THEN '' ELSE content END, last_update_instant = :now WHERE id = :id AND " +
          condition + " RETURNING ordinal, cancel_requested, secret",
      text(update.change.stage), update.change.reason, update.due, update.change.messenger_id, update.provider_id,
      update.progress.empty() ? std::string() : sealing_.seal(message_place(update.id, "progress"), update.progress),
      std::int64_t{update.wipe ? 1 : 0}, update.change.instant, update.id, values...);
  if (rows.empty()) {
    return false;
  }
  const auto& [ordinal, cancel_requested, secret] = rows.front();
  write(ordinal, update.change);
  if (update.change.stage == MessageStage::queued && cancel_requested != 0) {
    finish(ordinal, secret != 0, {update.change.instant, MessageStage::cancelled, 0, {}, {}, std::string(called_off)});
  }
  return true;
}

std::vector<bool> SqlOutbox::record(std::span<const MessageUpdate> updates) {
  std::vector<bool> recorded;
  recorded.reserve(updates.size());
  for (const MessageUpdate& update : updates) {
    recorded.push_back(record_one(update));
  }
  return recorded;
}

bool SqlOutbox::record_one(const MessageUpdate& update) {
  return change(update, "attempts = :attempt AND stage IN ('leased', 'unknown')", update.change.attempt);
}

bool SqlOutbox::advance(const MessageUpdate& update, const std::vector<MessageStage>& from) {
  return !from.empty() && change(update, "(attempts = :attempt OR :any = 0) AND stage IN (" + literals(from) + ")",
                                 update.change.attempt, update.change.attempt);
}

// A final state of this unit's own message, queued until now.
void SqlOutbox::finish(std::int64_t ordinal, bool wipe, const MessageChange& change) {
  execute(connection_,
          "UPDATE message SET stage = :stage, reason = :reason, last_update_instant = :now,"
          " content = CASE WHEN :wipe = 1 THEN '' ELSE content END WHERE ordinal = :ordinal",
          text(change.stage), change.reason, change.instant, std::int64_t{wipe ? 1 : 0}, ordinal);
  write(ordinal, change);
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
    execute(connection_, "UPDATE message SET cancel_requested = 1 WHERE ordinal = :ordinal", ordinal);
    write(ordinal, {now, stage, attempts, {}, {}, std::string(reason)});
  }
  return stage;
}

}  // namespace messenger::host
