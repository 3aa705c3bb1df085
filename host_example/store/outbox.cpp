// SPDX-License-Identifier: Apache-2.0
// How messages come into the outbox.
#include "store/outbox.hpp"

#include <set>

#include "store/outbox_rows.hpp"
#include "store/row_groups.hpp"
#include "store/sql.hpp"
#include "store/store.hpp"
#include "store/tables.hpp"

namespace messenger::host {

namespace {

std::string insert_messages(std::size_t rows) {
  const std::string columns =
      "id, lane, priority, stage, secret, due, expires, attempts, looks, lease_until, cancel_requested, insert_instant,"
      " last_update_instant, messenger_id, provider_id, lease_holder, reason, progress, envelope, content, destination,"
      " idempotency, request, history";
  const std::string sql =
      "INSERT INTO message (" + columns + ") VALUES " +
      numbered(rows,
               "(:id#, :lane#, :priority#, 'queued', :secret#, :due#, :expires#, 0, 0, 0, 0, :inserted#, :updated#, '',"
               " '', '', 'Accepted.', '', :envelope#, :content#, :destination#, :idempotency#, :request#, '')");
  return sql + " ON CONFLICT DO NOTHING" + (rows == 1 ? "" : " RETURNING id");
}

}  // namespace

std::vector<AddedMessage> SqlOutbox::add(std::span<const SealedMessage> messages) {
  connection_.check_room();
  std::vector<AddedMessage> added;
  added.reserve(messages.size());
  const std::int64_t now = now_ms();
  const std::size_t most = connection_.dialect().rows_at_once;
  for (std::size_t at = 0; at != messages.size();) {
    const std::size_t count = messages.size() - at >= most ? most : 1;
    const auto is_new = insert(messages.subspan(at, count), now);
    for (std::size_t i = 0; i != count; ++i) {
      added.push_back(is_new[i] ? AddedMessage{messages[at + i].id} : known(messages[at + i], now));
    }
    at += count;
  }
  return added;
}

// Which of them were not there yet.
std::vector<bool> SqlOutbox::insert(std::span<const SealedMessage> messages, std::int64_t now) {
  static const std::string one = insert_messages(1);
  static const std::string many = insert_messages(many_rows);
  std::vector<SqlValue> values;
  values.reserve(messages.size() * 13);
  for (const SealedMessage& message : messages) {
    values.emplace_back(message.id);
    values.emplace_back(to_lane(message.priority, message.tenant_id, message.route));
    values.emplace_back(static_cast<std::int64_t>(message.priority));
    for (const std::int64_t number : {std::int64_t{message.secret ? 1 : 0}, message.due, message.expires, now, now}) {
      values.emplace_back(number);
    }
    values.emplace_back(message.envelope);
    values.emplace_back(message.content);
    values.emplace_back(message.destination);
    values.emplace_back(message.idempotency);
    values.emplace_back(message.request);
  }
  if (messages.size() == 1) {
    return {execute(connection_, one, values) == 1};
  }
  std::set<std::string> inserted;
  for (auto& [id] : query<std::string>(connection_, many, values)) {
    inserted.insert(std::move(id));
  }
  std::vector<bool> is_new;
  for (const SealedMessage& message : messages) {
    is_new.push_back(inserted.erase(message.id) == 1);  // of two of one id, the first
  }
  return is_new;
}

// Whose commit was waited for is seen by the next statement. Should it be gone again by then, this one is new after
// all.
AddedMessage SqlOutbox::known(const SealedMessage& message, std::int64_t now) {
  for (int tries = 0; tries != 3; ++tries) {
    if (auto found = find_added(message)) {
      return *found;
    }
    if (insert({&message, 1}, now).front()) {
      return AddedMessage{message.id};
    }
  }
  throw StoreError("Messages with this key come and go.");
}

std::optional<AddedMessage> SqlOutbox::find_added(const SealedMessage& message) {
  if (!message.idempotency.empty()) {
    for (const auto& [id, kept] : query<std::string, std::string>(
             connection_, "SELECT id, request FROM message WHERE idempotency = :idempotency AND idempotency <> ''",
             message.idempotency)) {
      return AddedMessage{id, false, equal_digests(kept, message.request)};
    }
  }
  for (const auto& [kept] : query<std::string>(connection_, "SELECT request FROM message WHERE id = :id", message.id)) {
    return AddedMessage{message.id, false, equal_digests(kept, message.request)};
  }
  return std::nullopt;
}

}  // namespace messenger::host
