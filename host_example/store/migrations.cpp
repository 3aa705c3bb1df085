// SPDX-License-Identifier: Apache-2.0
#include "store/migrations.hpp"

#include <array>
#include <vector>

#include "store/sql.hpp"
#include "store/store.hpp"

namespace messenger::host {

namespace {

using Statements = std::vector<std::string>;

// With the engine's own words in place of those in braces.
std::string of_engine(std::string statement, const Dialect& dialect) {
  for (const auto& [sign, own] : {std::pair("{identity}", dialect.identity), std::pair("{text}", dialect.text),
                                  std::pair("{ordinal}", dialect.ordinal), std::pair("{joined}", dialect.joined),
                                  std::pair("{renumber}", dialect.renumber)}) {
    for (auto at = statement.find(sign); at != std::string::npos; at = statement.find(sign, at)) {
      statement.replace(at, std::string_view(sign).size(), own);
    }
  }
  return statement;
}

Statements documents_challenges_events() {
  return {
      ("CREATE TABLE document (ordinal {identity}, kind {text} NOT NULL, id {text} NOT NULL, body {text} NOT NULL,"
       " insert_instant BIGINT NOT NULL, last_update_instant BIGINT NOT NULL, UNIQUE (kind, id))"),
      ("CREATE TABLE document_name (kind {text} NOT NULL, digest {text} NOT NULL, id {text} NOT NULL,"
       " PRIMARY KEY (kind, digest), FOREIGN KEY (kind, id) REFERENCES document (kind, id) ON DELETE CASCADE)"),
      "CREATE INDEX document_name_id ON document_name (kind, id)",
      ("CREATE TABLE document_use (kind {text} NOT NULL, id {text} NOT NULL, used_kind {text} NOT NULL,"
       " used_id {text} NOT NULL, PRIMARY KEY (kind, id, used_kind, used_id),"
       " FOREIGN KEY (kind, id) REFERENCES document (kind, id) ON DELETE CASCADE)"),
      "CREATE INDEX document_use_used ON document_use (used_kind, used_id)",
      ("CREATE TABLE challenge (id_digest {text} PRIMARY KEY, user_id {text} NOT NULL, body {text} NOT NULL,"
       " code_digest {text} NOT NULL, code_expires BIGINT NOT NULL, expires BIGINT NOT NULL,"
       " attempts BIGINT NOT NULL)"),
      "CREATE INDEX challenge_expires ON challenge (expires)",
      ("CREATE TABLE event (id {identity}, insert_instant BIGINT NOT NULL, type {text} NOT NULL,"
       " message {text} NOT NULL)"),
      "CREATE INDEX event_insert_instant ON event (insert_instant)",
  };
}

Statements counts_of_sends_and_of_users_attempts() {
  return {
      "ALTER TABLE challenge ADD COLUMN sends BIGINT NOT NULL DEFAULT 0",
      "CREATE TABLE user_attempt (user_id {text} PRIMARY KEY, attempts BIGINT NOT NULL, expires BIGINT NOT NULL)",
      "CREATE INDEX user_attempt_expires ON user_attempt (expires)",
  };
}

Statements receipts_of_providers() {
  return {
      ("CREATE TABLE receipt (messenger_id {text} NOT NULL, provider_id {text} NOT NULL, body {text} NOT NULL,"
       " insert_instant BIGINT NOT NULL, last_update_instant BIGINT NOT NULL,"
       " PRIMARY KEY (messenger_id, provider_id))"),
      "CREATE INDEX receipt_last_update_instant ON receipt (last_update_instant)",
  };
}

// Each index serves one question of Outbox, whose statement repeats the index's condition word for word. The conditions
// differ, if only by a count that is never below zero, so that no other index is there to be taken: a planner's numbers
// about a queue are always old, and say that nothing is in it. None begins with the stage, which SQLite would take for
// all of these questions.
Statements outbox() {
  return {
      ("CREATE TABLE message (ordinal {identity}, id {text} NOT NULL UNIQUE, lane {text} NOT NULL,"
       " tenant_id {text} NOT NULL, route {text} NOT NULL, priority BIGINT NOT NULL, stage {text} NOT NULL,"
       " envelope {text} NOT NULL, content {text} NOT NULL, secret BIGINT NOT NULL, destination {text} NOT NULL,"
       " due BIGINT NOT NULL, expires BIGINT NOT NULL, attempts BIGINT NOT NULL, looks BIGINT NOT NULL,"
       " lease_holder {text} NOT NULL, lease_until BIGINT NOT NULL, progress {text} NOT NULL,"
       " cancel_requested BIGINT NOT NULL, messenger_id {text} NOT NULL, provider_id {text} NOT NULL,"
       " reason {text} NOT NULL, idempotency {text} NOT NULL, request {text} NOT NULL,"
       " insert_instant BIGINT NOT NULL, last_update_instant BIGINT NOT NULL)"),
      "CREATE UNIQUE INDEX message_idempotency ON message (idempotency) WHERE idempotency <> ''",
      "CREATE INDEX message_lane ON message (lane, due, ordinal) WHERE stage = 'queued' AND attempts >= 0",
      "CREATE INDEX message_expires ON message (expires) WHERE stage = 'queued' AND looks >= 0",
      "CREATE INDEX message_holder ON message (lease_holder) WHERE lease_holder <> ''",
      "CREATE INDEX message_lease_until ON message (lease_until) WHERE stage = 'leased' AND lease_until > 0",
      "CREATE INDEX message_look ON message (due) WHERE stage = 'unknown' AND due > 0",
      "CREATE INDEX message_provider ON message (messenger_id, provider_id) WHERE provider_id <> ''",
      "CREATE INDEX message_destination ON message (destination, ordinal)",
      "CREATE INDEX message_count ON message (priority, stage, insert_instant)",
      ("CREATE INDEX message_settled ON message (last_update_instant)"
       " WHERE stage <> 'queued' AND stage <> 'leased' AND last_update_instant > 0"),
      ("CREATE TABLE message_change (ordinal {identity}, message BIGINT NOT NULL, instant BIGINT NOT NULL,"
       " stage {text} NOT NULL, attempt BIGINT NOT NULL, messenger_id {text} NOT NULL, outcome {text} NOT NULL,"
       " reason {text} NOT NULL)"),
      "CREATE INDEX message_change_message ON message_change (message, ordinal)",
      "CREATE INDEX message_change_stage ON message_change (stage, instant, message)",
  };
}

// A message goes through few indexes: each costs two changes a state. What only operators ask for is counted, or looked
// up in blocks of messages. Its history is a text of its row, whose first line need not be kept (change_history.hpp).
// As in outbox(), a statement that is to use an index repeats its condition.
Statements outbox_with_fewer_indexes() {
  const std::string own_columns =
      "id, lane, priority, stage, secret, due, expires, attempts, looks, lease_until, cancel_requested, insert_instant,"
      " last_update_instant, messenger_id, provider_id, lease_holder, reason, progress, envelope, content";
  const auto escaped = [](const std::string& column) {
    return "replace(replace(replace(" + column + ", '\\', '\\\\'), '\t', '\\t'), '\n', '\\n')";
  };
  const std::string line = "instant || '\t' || stage || '\t' || attempt || '\t' || " + escaped("messenger_id") +
                           " || '\t' || " + escaped("outcome") + " || '\t' || " + escaped("reason") + " || '\n'";
  return {
      "ALTER TABLE message RENAME TO old_message",
      ("CREATE TABLE message (ordinal {ordinal}, id {text} NOT NULL, lane {text} NOT NULL,"
       " priority BIGINT NOT NULL, stage {text} NOT NULL, secret BIGINT NOT NULL, due BIGINT NOT NULL,"
       " expires BIGINT NOT NULL, attempts BIGINT NOT NULL, looks BIGINT NOT NULL, lease_until BIGINT NOT NULL,"
       " cancel_requested BIGINT NOT NULL, insert_instant BIGINT NOT NULL, last_update_instant BIGINT NOT NULL,"
       " messenger_id {text} NOT NULL, provider_id {text} NOT NULL, lease_holder {text} NOT NULL,"
       " reason {text} NOT NULL, progress {text} NOT NULL, envelope {text} NOT NULL, content {text} NOT NULL,"
       " destination {text} NOT NULL, idempotency {text} NOT NULL, request {text} NOT NULL,"
       " history {text} NOT NULL)"),
      ("INSERT INTO message (ordinal, " + own_columns + ", destination, idempotency, request, history)" +
       " SELECT ordinal, " + own_columns +
       ", substr(destination, 1, 32), substr(idempotency, 1, 32), substr(request, 1, 32),"
       " COALESCE((SELECT {joined}(line, '') FROM (SELECT " +
       line +
       " AS line FROM message_change WHERE message = old_message.ordinal"
       " AND NOT (stage = 'queued' AND attempt = 0 AND reason = 'Accepted.') ORDER BY message_change.ordinal)"
       " AS lines), '') FROM old_message ORDER BY ordinal"),
      "CREATE TABLE stage_change (stage {text} NOT NULL, instant BIGINT NOT NULL, messages BIGINT NOT NULL)",
      ("INSERT INTO stage_change (stage, instant, messages) SELECT stage, last, count(*) FROM"
       " (SELECT stage, message, max(instant) AS last FROM message_change WHERE stage <> 'queued' AND stage <> 'leased'"
       " GROUP BY stage, message) AS changes GROUP BY stage, last"),
      "CREATE INDEX stage_change_stage ON stage_change (stage, instant, messages)",
      "DROP TABLE message_change",
      "DROP TABLE old_message",
      "{renumber}",
      "CREATE UNIQUE INDEX message_id ON message (id)",
      "CREATE UNIQUE INDEX message_idempotency ON message (idempotency) WHERE idempotency <> ''",
      "CREATE INDEX message_lane ON message (lane, due, ordinal) WHERE stage = 'queued' AND attempts >= 0",
      // With all that counts() asks for: else SQLite would look into each row.
      ("CREATE INDEX message_expires ON message (priority, expires, insert_instant, stage, looks)"
       " WHERE stage = 'queued' AND looks >= 0"),
      "CREATE INDEX message_lease_until ON message (lease_until) WHERE stage = 'leased' AND lease_until > 0",
      "CREATE INDEX message_look ON message (due) WHERE stage = 'unknown' AND due > 0",
      "CREATE INDEX message_provider ON message (provider_id) WHERE provider_id <> ''",
      "CREATE INDEX message_destination ON message ((ordinal / 512), destination)",
      ("CREATE INDEX message_settled ON message (stage, priority, last_update_instant, insert_instant)"
       " WHERE stage <> 'queued' AND stage <> 'leased' AND last_update_instant > 0"),
  };
}

// In order, only ever added to: the first makes version 1.
constexpr std::array migrations{&documents_challenges_events, &counts_of_sends_and_of_users_attempts,
                                &receipts_of_providers, &outbox, &outbox_with_fewer_indexes};
constexpr auto newest = static_cast<std::int64_t>(migrations.size());

// Of the tables, 0 for a database that has none.
std::int64_t version(Connection& connection) {
  execute(connection, "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL, key_check TEXT NOT NULL)");
  const auto rows = query<std::int64_t>(connection, "SELECT version FROM schema_version ORDER BY version DESC");
  return rows.empty() ? 0 : std::get<0>(rows.front());
}

void check(Connection& connection, std::int64_t found, const std::string& key_check) {
  if (found > newest) {
    throw StoreError("Its tables have version " + std::to_string(found) + ", and this program knows " +
                     std::to_string(newest) + ". Use a newer program.");
  }
  for (const auto& [kept] : query<std::string>(connection, "SELECT key_check FROM schema_version")) {
    if (!equal_digests(kept, key_check)) {
      throw StoreError("The key is another database's.");
    }
  }
}

// Whether there was one to be made.
bool migrate_once(Connection& connection, const std::string& key_check) {
  const std::int64_t found = version(connection);
  check(connection, found, key_check);
  if (found == newest) {
    return false;
  }
  for (const std::string& statement : migrations.at(static_cast<std::size_t>(found))()) {
    if (const std::string own = of_engine(statement, connection.dialect()); !own.empty()) {
      execute(connection, own);
    }
  }
  execute(connection, "INSERT INTO schema_version (version, key_check) VALUES (:version, :key_check)", found + 1,
          key_check);
  return true;
}

}  // namespace

void migrate(Backend& backend, const std::string& key_check) {
  for (bool more = true; more;) {
    backend.transact(Sharing::alone,
                     [&](Connection& connection, Notices&) { more = migrate_once(connection, key_check); });
  }
}

}  // namespace messenger::host
