// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <set>

#include "store/sql.hpp"
#include "store/store.hpp"
#include "store/tables.hpp"

namespace messenger::host {

namespace {

constexpr std::array kinds{Kind::messenger, Kind::message_template, Kind::user,        Kind::tenant,
                           Kind::key,       Kind::api_key,          Kind::message_type};

std::string text(Kind kind) {
  return std::string(to_string(kind));
}

Kind kind_of(std::string_view text) {
  const auto* const found =
      std::find_if(kinds.begin(), kinds.end(), [&](Kind kind) { return to_string(kind) == text; });
  if (found == kinds.end()) {
    throw StoreError("The database has a kind of document that this program does not know.");
  }
  return *found;
}

// Where a document's body is sealed.
std::string place(Kind kind, std::string_view id) {
  return text(kind).append("/").append(id);
}

const std::string columns = "SELECT id, body, insert_instant, last_update_instant FROM document ";

std::vector<Document> documents(
    Kind kind, const Sealing& sealing,
    const std::vector<std::tuple<std::string, std::string, std::int64_t, std::int64_t>>& rows) {
  std::vector<Document> documents;
  documents.reserve(rows.size());
  for (const auto& [id, body, inserted, updated] : rows) {
    documents.push_back({id, sealing.open(place(kind, id), body), inserted, updated});
  }
  return documents;
}

}  // namespace

std::optional<Document> SqlDocuments::find(Kind kind, std::string_view id) {
  auto found = documents(kind, sealing_,
                         query<std::string, std::string, std::int64_t, std::int64_t>(
                             connection_, columns + "WHERE kind = :kind AND id = :id", text(kind), std::string(id)));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::optional<Document> SqlDocuments::find_by_name(Kind kind, std::string_view name) {
  const std::string wanted = digest(kind, name);
  for (const auto& [id, kept] : query<std::string, std::string>(
           connection_, "SELECT id, digest FROM document_name WHERE kind = :kind AND digest = :digest", text(kind),
           wanted)) {
    if (equal_digests(kept, wanted)) {
      return find(kind, id);
    }
  }
  return std::nullopt;
}

std::vector<Document> SqlDocuments::list(Kind kind) {
  return documents(kind, sealing_,
                   query<std::string, std::string, std::int64_t, std::int64_t>(
                       connection_, columns + "WHERE kind = :kind ORDER BY ordinal", text(kind)));
}

Document SqlDocuments::put(Kind kind, const NewDocument& document) {
  connection_.check_room();
  const std::int64_t now = now_ms();
  const auto rows = query<std::int64_t>(
      connection_,
      "INSERT INTO document (kind, id, body, insert_instant, last_update_instant)"
      " VALUES (:kind, :id, :body, :inserted, :updated)"
      " ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body, last_update_instant = excluded.last_update_instant"
      " RETURNING insert_instant",
      text(kind), document.id, sealing_.seal(place(kind, document.id), document.body), now, now);
  put_names(kind, document);
  put_uses(kind, document);
  return {document.id, document.body, std::get<0>(rows.at(0)), now};
}

bool SqlDocuments::set_body(Kind kind, std::string_view id, std::string_view body) {
  const std::string key(id);
  return execute(connection_,
                 "UPDATE document SET body = :body, last_update_instant = :now WHERE kind = :kind AND id = :id",
                 sealing_.seal(place(kind, key), body), now_ms(), text(kind), key) == 1;
}

bool SqlDocuments::erase(Kind kind, std::string_view id) {
  return execute(connection_, "DELETE FROM document WHERE kind = :kind AND id = :id", text(kind), std::string(id)) == 1;
}

std::vector<Use> SqlDocuments::users_of(Kind kind, std::string_view id) {
  std::vector<Use> users;
  for (const auto& [user_kind, user_id] : query<std::string, std::string>(
           connection_, "SELECT kind, id FROM document_use WHERE used_kind = :kind AND used_id = :id ORDER BY kind, id",
           text(kind), std::string(id))) {
    users.push_back({kind_of(user_kind), user_id});
  }
  return users;
}

std::string SqlDocuments::digest(Kind kind, std::string_view name) const {
  return sealing_.digest("name of a " + text(kind), name);
}

void SqlDocuments::put_names(Kind kind, const NewDocument& document) {
  execute(connection_, "DELETE FROM document_name WHERE kind = :kind AND id = :id", text(kind), document.id);
  for (const std::string& name : std::set(document.names.begin(), document.names.end())) {
    if (execute(connection_,
                "INSERT INTO document_name (kind, digest, id) VALUES (:kind, :digest, :id)"
                " ON CONFLICT (kind, digest) DO NOTHING",
                text(kind), digest(kind, name), document.id) == 0) {
      throw StoreError("Another " + text(kind) + " has this name.");
    }
  }
}

void SqlDocuments::put_uses(Kind kind, const NewDocument& document) {
  execute(connection_, "DELETE FROM document_use WHERE kind = :kind AND id = :id", text(kind), document.id);
  for (const Use& use : document.uses) {
    execute(connection_,
            "INSERT INTO document_use (kind, id, used_kind, used_id) VALUES (:kind, :id, :used_kind, :used_id)"
            " ON CONFLICT (kind, id, used_kind, used_id) DO NOTHING",
            text(kind), document.id, text(use.kind), use.id);
  }
}

}  // namespace messenger::host
