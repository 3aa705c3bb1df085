// SPDX-License-Identifier: Apache-2.0
#include "store/migrations.hpp"

#include <array>
#include <vector>

#include "store/sql.hpp"
#include "store/store.hpp"

namespace messenger::host {

namespace {

using Statements = std::vector<std::string>;

Statements documents_challenges_events() {
  const std::string identity(Backend::identity);
  return {
      "CREATE TABLE document (ordinal " + identity +
          ", kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, insert_instant BIGINT NOT NULL,"
          " last_update_instant BIGINT NOT NULL, UNIQUE (kind, id))",
      ("CREATE TABLE document_name (kind TEXT NOT NULL, digest TEXT NOT NULL, id TEXT NOT NULL,"
       " PRIMARY KEY (kind, digest), FOREIGN KEY (kind, id) REFERENCES document (kind, id) ON DELETE CASCADE)"),
      "CREATE INDEX document_name_id ON document_name (kind, id)",
      ("CREATE TABLE document_use (kind TEXT NOT NULL, id TEXT NOT NULL, used_kind TEXT NOT NULL, used_id TEXT NOT "
       "NULL,"
       " PRIMARY KEY (kind, id, used_kind, used_id),"
       " FOREIGN KEY (kind, id) REFERENCES document (kind, id) ON DELETE CASCADE)"),
      "CREATE INDEX document_use_used ON document_use (used_kind, used_id)",
      ("CREATE TABLE challenge (id_digest TEXT PRIMARY KEY, user_id TEXT NOT NULL, body TEXT NOT NULL,"
       " code_digest TEXT NOT NULL, code_expires BIGINT NOT NULL, expires BIGINT NOT NULL, attempts BIGINT NOT NULL)"),
      "CREATE INDEX challenge_expires ON challenge (expires)",
      "CREATE TABLE event (id " + identity +
          ", insert_instant BIGINT NOT NULL, type TEXT NOT NULL, message TEXT NOT NULL)",
      "CREATE INDEX event_insert_instant ON event (insert_instant)",
  };
}

Statements counts_of_sends_and_of_users_attempts() {
  return {
      "ALTER TABLE challenge ADD COLUMN sends BIGINT NOT NULL DEFAULT 0",
      "CREATE TABLE user_attempt (user_id TEXT PRIMARY KEY, attempts BIGINT NOT NULL, expires BIGINT NOT NULL)",
      "CREATE INDEX user_attempt_expires ON user_attempt (expires)",
  };
}

Statements receipts_of_providers() {
  return {
      ("CREATE TABLE receipt (messenger_id TEXT NOT NULL, provider_id TEXT NOT NULL, body TEXT NOT NULL,"
       " insert_instant BIGINT NOT NULL, last_update_instant BIGINT NOT NULL,"
       " PRIMARY KEY (messenger_id, provider_id))"),
      "CREATE INDEX receipt_last_update_instant ON receipt (last_update_instant)",
  };
}

// Each index serves one question of Outbox; those of a stage that passes hold only what is in it.
Statements outbox() {
  const std::string identity(Backend::identity);
  return {
      "CREATE TABLE message (ordinal " + identity +
          ", id TEXT NOT NULL UNIQUE, tenant_id TEXT NOT NULL, route TEXT NOT NULL, lane TEXT NOT NULL,"
          " priority BIGINT NOT NULL, stage TEXT NOT NULL, envelope TEXT NOT NULL, content TEXT NOT NULL,"
          " destination TEXT NOT NULL, secret BIGINT NOT NULL, due BIGINT NOT NULL, expires BIGINT NOT NULL,"
          " attempts BIGINT NOT NULL, looks BIGINT NOT NULL, lease_holder TEXT NOT NULL, lease_until BIGINT NOT NULL,"
          " progress TEXT NOT NULL, cancel_requested BIGINT NOT NULL, messenger_id TEXT NOT NULL,"
          " provider_id TEXT NOT NULL, reason TEXT NOT NULL, idempotency TEXT NOT NULL, request TEXT NOT NULL,"
          " insert_instant BIGINT NOT NULL, last_update_instant BIGINT NOT NULL)",
      "CREATE UNIQUE INDEX message_idempotency ON message (idempotency) WHERE idempotency <> ''",
      "CREATE INDEX message_lane ON message (lane, due, ordinal) WHERE stage = 'queued'",
      "CREATE INDEX message_expires ON message (expires) WHERE stage = 'queued'",
      "CREATE INDEX message_holder ON message (lease_holder) WHERE stage = 'leased'",
      "CREATE INDEX message_lease_until ON message (lease_until) WHERE stage = 'leased'",
      "CREATE INDEX message_look ON message (due) WHERE stage = 'unknown' AND due > 0",
      "CREATE INDEX message_provider ON message (messenger_id, provider_id) WHERE provider_id <> ''",
      "CREATE INDEX message_destination ON message (destination, ordinal)",
      "CREATE INDEX message_stage ON message (stage, priority, insert_instant)",
      ("CREATE INDEX message_settled ON message (last_update_instant)"
       " WHERE stage <> 'queued' AND stage <> 'leased'"),
      "CREATE TABLE message_change (ordinal " + identity +
          ", message BIGINT NOT NULL, instant BIGINT NOT NULL, stage TEXT NOT NULL, attempt BIGINT NOT NULL,"
          " messenger_id TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL)",
      "CREATE INDEX message_change_message ON message_change (message, ordinal)",
      "CREATE INDEX message_change_stage ON message_change (stage, instant, message)",
  };
}

// In order, only ever added to: the first makes version 1.
constexpr std::array migrations{&documents_challenges_events, &counts_of_sends_and_of_users_attempts,
                                &receipts_of_providers, &outbox};
constexpr auto newest = static_cast<std::int64_t>(migrations.size());

// Of the tables, 0 for a database that has none.
std::int64_t version(soci::session& session) {
  execute(session, "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL, key_check TEXT NOT NULL)");
  const auto rows = query<std::int64_t>(session, "SELECT version FROM schema_version ORDER BY version DESC");
  return rows.empty() ? 0 : std::get<0>(rows.front());
}

void check(soci::session& session, std::int64_t found, const std::string& key_check) {
  if (found > newest) {
    throw StoreError("Its tables have version " + std::to_string(found) + ", and this program knows " +
                     std::to_string(newest) + ". Use a newer program.");
  }
  for (const auto& [kept] : query<std::string>(session, "SELECT key_check FROM schema_version")) {
    if (!equal_digests(kept, key_check)) {
      throw StoreError("The key is another database's.");
    }
  }
}

// Whether there was one to be made.
bool migrate_once(soci::session& session, const std::string& key_check) {
  const std::int64_t found = version(session);
  check(session, found, key_check);
  if (found == newest) {
    return false;
  }
  for (const std::string& statement : migrations.at(static_cast<std::size_t>(found))()) {
    execute(session, statement);
  }
  execute(session, "INSERT INTO schema_version (version, key_check) VALUES (:version, :key_check)", found + 1,
          key_check);
  return true;
}

}  // namespace

void migrate(Backend& backend, const std::string& key_check) {
  for (bool more = true; more;) {
    backend.transact([&] { more = migrate_once(backend.session(), key_check); });
  }
}

}  // namespace messenger::host
