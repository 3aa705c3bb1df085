// SPDX-License-Identifier: Apache-2.0
#include "delivery/client_keys.hpp"

#include <utility>

#include "delivery/key_document.hpp"
#include "runtime/field_check.hpp"
#include "runtime/json_text.hpp"
#include "runtime/uuid_text.hpp"

namespace messenger::host {

namespace json = boost::json;
using loader::Issue;

namespace {

// Keeps the key, or says why not.
std::optional<Document> keep(Documents& documents, const std::string& id, const std::string& name,
                             const json::object& key, std::vector<Issue>& issues) {
  if (documents.find(Kind::key, id)) {
    issues.push_back({"/keyId", "duplicate", "A Key with the Id [" + id + "] already exists."});
  }
  if (!name.empty() && documents.find_by_name(Kind::key, name)) {
    issues.push_back({"/key/name", "duplicate", "A Key with name = [" + name + "] already exists."});
  }
  if (!issues.empty()) {
    return std::nullopt;
  }
  return documents.put(Kind::key, {id, to_sorted_text(key), {name}, {}});
}

std::vector<Issue> check_unused(Documents& documents, const std::string& id) {
  const auto users = documents.users_of(Kind::key, id);
  if (users.empty()) {
    return {};
  }
  const std::string count = users.size() == 1 ? "1 messenger" : std::to_string(users.size()) + " messengers";
  return {{"/keyId", "inUse", "The key is the client certificate of " + count + "."}};
}

}  // namespace

ClientKeys::ClientKeys(Store& store, Certificates& certificates) : store_(store), certificates_(certificates) {
  refresh();
}

void ClientKeys::refresh() {
  const std::lock_guard lock(changes_);
  std::set<std::string> gone = std::exchange(lent_, {});
  for (const Document& stored :
       store_.read([](Transaction& transaction) { return transaction.documents.list(Kind::key); })) {
    certificates_.put(stored.id, key_pem(stored));
    lent_.insert(stored.id);
    gone.erase(stored.id);
  }
  for (const std::string& id : gone) {
    certificates_.remove(id);
  }
}

ClientKeys::Import ClientKeys::import(const std::optional<std::string>& id, const json::object& key) {
  Import import;
  const json::object completed = complete_key(key, import.issues);
  const std::string name(text_member(key, "name"));
  const std::lock_guard lock(changes_);
  const auto kept = store_.with([&](Transaction& transaction) {
    auto added = keep(transaction.documents, id.value_or(new_uuid()), name, completed, import.issues);
    if (added) {
      transaction.notices.tell(Topic::key, added->id);
    }
    return added;
  });
  if (kept) {
    certificates_.put(kept->id, key_pem(*kept));
    lent_.insert(kept->id);
    import.key = shown_key(*kept);
  }
  return import;
}

std::optional<json::object> ClientKeys::find(const std::string& id) {
  const auto stored = store_.read([&](Transaction& transaction) { return transaction.documents.find(Kind::key, id); });
  return stored ? std::optional(shown_key(*stored)) : std::nullopt;
}

json::array ClientKeys::list() {
  json::array keys;
  for (const Document& stored :
       store_.read([](Transaction& transaction) { return transaction.documents.list(Kind::key); })) {
    keys.push_back(shown_key(stored));
  }
  return keys;
}

std::optional<std::vector<Issue>> ClientKeys::erase(const std::string& id) {
  const std::lock_guard lock(changes_);
  std::optional<std::vector<Issue>> issues;
  std::optional<Document> stored;
  try {
    store_.transact([&](Transaction& transaction) {
      stored = transaction.documents.find(Kind::key, id);
      issues = stored ? std::optional(check_unused(transaction.documents, id)) : std::nullopt;
      if (issues && issues->empty()) {
        transaction.documents.erase(Kind::key, id);
        transaction.notices.tell(Topic::key, id);
        certificates_.remove(id);  // within: a messenger that is configured next must not find it any more
      }
    });
  } catch (...) {
    if (stored) {
      certificates_.put(id, key_pem(*stored));
    }
    throw;
  }
  return issues;
}

}  // namespace messenger::host
