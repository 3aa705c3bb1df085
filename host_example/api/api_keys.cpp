// SPDX-License-Identifier: Apache-2.0
#include "api/api_keys.hpp"

#include <algorithm>
#include <boost/algorithm/string/trim.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value_from.hpp>
#include <boost/json/value_to.hpp>
#include <stdexcept>

#include "api/endpoints.hpp"
#include "delivery/code_generator.hpp"
#include "delivery/document_body.hpp"
#include "runtime/json_text.hpp"
#include "runtime/uuid_text.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

ApiKey key_of(const Document& document) {
  const json::object body = body_of(document);
  ApiKey key{document.id,
             json::value_to<std::string>(body.at("name")),
             {},
             document.insert_instant,
             json::value_to<std::string>(body.at("lastCharacters"))};
  for (const auto& [path, methods] : body.at("endpoints").as_object()) {
    key.endpoints[path] = json::value_to<std::vector<std::string>>(methods);
  }
  return key;
}

void check_text(const std::string& text) {
  if (text.size() < ApiKeys::least_length) {
    throw std::invalid_argument("An API key must have at least " + std::to_string(ApiKeys::least_length) +
                                " characters.");
  }
  if (!std::all_of(text.begin(), text.end(), [](char character) { return character > ' ' && character <= '~'; })) {
    throw std::invalid_argument("An API key must consist of visible ASCII characters.");
  }
}

ApiKey keep(Transaction& transaction, const NewApiKey& key) {
  const json::object body{{"name", key.name},
                          {"endpoints", json::value_from(key.endpoints)},
                          {"lastCharacters", key.text.substr(key.text.size() - 4)}};
  return key_of(transaction.documents.put(Kind::api_key, {new_uuid(), to_sorted_text(body), {key.text}, {}}));
}

// What is left of a revoked key: its name, so that nothing makes it good again, and nothing else.
constexpr const char* revoked_body = "{}";

bool is_revoked(const Document& document) {
  return document.body == revoked_body;
}

std::vector<ApiKey> kept_keys(Transaction& transaction) {
  std::vector<ApiKey> keys;
  for (const Document& document : transaction.documents.list(Kind::api_key)) {
    if (!is_revoked(document)) {
      keys.push_back(key_of(document));
    }
  }
  return keys;
}

}  // namespace

ApiKeys::Created ApiKeys::create(const NewApiKey& key) {
  NewApiKey made = key;
  if (made.text.empty()) {
    made.text = new_secret_id();
  }
  check_text(made.text);
  check_endpoints(made.endpoints);
  return store_.with([&](Transaction& transaction) {
    if (transaction.documents.find_by_name(Kind::api_key, made.text)) {
      throw std::invalid_argument("This API key is kept already, or was revoked.");
    }
    return Created{keep(transaction, made), made.text};
  });
}

std::vector<ApiKey> ApiKeys::list() {
  return store_.read([](Transaction& transaction) { return kept_keys(transaction); });
}

bool ApiKeys::revoke(const std::string& id) {
  return store_.with([&](Transaction& transaction) {
    const auto found = transaction.documents.find(Kind::api_key, id);
    return found && !is_revoked(*found) && transaction.documents.set_body(Kind::api_key, id, revoked_body);
  });
}

bool ApiKeys::authorize(const Request& request) {
  if (request.authorization.empty()) {
    return false;
  }
  const auto found = store_.read([&](Transaction& transaction) {
    return transaction.documents.find_by_name(Kind::api_key, request.authorization);
  });
  return found && !is_revoked(*found) && allows(key_of(*found).endpoints, request);
}

ApiKeys::Bootstrap ApiKeys::bootstrap(const std::optional<std::string>& given) {
  const NewApiKey key{"bootstrap", {}, given ? boost::trim_copy(*given) : new_secret_id()};
  check_text(key.text);
  return store_.with([&](Transaction& transaction) -> Bootstrap {
    const auto found = transaction.documents.find_by_name(Kind::api_key, key.text);
    if (found || (!given && !kept_keys(transaction).empty())) {
      return {"", found && is_revoked(*found)};
    }
    keep(transaction, key);
    return {given ? "" : key.text, false};
  });
}

}  // namespace messenger::host
