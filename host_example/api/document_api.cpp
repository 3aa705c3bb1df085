// SPDX-License-Identifier: Apache-2.0
#include "api/document_api.hpp"

#include <boost/json/array.hpp>

#include "api/json_body.hpp"
#include "api/unwrap.hpp"
#include "delivery/document_body.hpp"
#include "runtime/uuid_text.hpp"

namespace messenger::host {

namespace json = boost::json;

DocumentApi::DocumentApi(Store& store, DocumentType type)
    : store_(store), type_(std::move(type)), member_(to_string(type_.kind)), parameter_(member_ + "Id") {}

std::string DocumentApi::id_of(const Request& request) const {
  const auto given = request.parameters.find(parameter_);
  return given == request.parameters.end() ? new_uuid() : given->second;
}

json::object shown(const Document& document) {
  json::object object = body_of(document);
  object["id"] = document.id;
  object["insertInstant"] = document.insert_instant;
  object["lastUpdateInstant"] = document.last_update_instant;
  return object;
}

json::object DocumentApi::wrapped(const Document& document) const {
  return {{member_, shown(document)}};
}

Response DocumentApi::keep(Transaction& transaction, const std::string& id, json::object document,
                           Errors& errors) const {
  for (const char* const ours : {"id", "insertInstant", "lastUpdateInstant"}) {
    document.erase(ours);
  }
  const NewDocument prepared = type_.prepare(transaction, id, std::move(document), errors);
  if (!errors.empty()) {
    return errors.response();
  }
  return json_response(wrapped(transaction.documents.put(type_.kind, prepared)));
}

Response DocumentApi::create(const Request& request) const {
  Errors errors;
  const auto body = parse_body(request, errors);
  const auto document = body ? unwrap(*body, member_, errors, type_.ignored) : std::nullopt;
  if (!document) {
    return errors.response();
  }
  const std::string id = id_of(request);
  return store_.with([&](Transaction& transaction) {
    if (transaction.documents.find(type_.kind, id)) {
      errors.add_field(parameter_, "duplicate", "A " + member_ + " with the Id [" + id + "] already exists.");
    }
    return keep(transaction, id, *document, errors);
  });
}

Response DocumentApi::show(const Request& request) const {
  return store_.read([&](Transaction& transaction) {
    const auto document = transaction.documents.find(type_.kind, id_of(request));
    return document ? json_response(wrapped(*document)) : empty_response(404);
  });
}

Response DocumentApi::list(const Request&) const {
  json::array documents;
  for (const Document& document :
       store_.read([&](Transaction& transaction) { return transaction.documents.list(type_.kind); })) {
    documents.push_back(shown(document));
  }
  return json_response({{type_.list, std::move(documents)}});
}

Response DocumentApi::replace(const Request& request) const {
  Errors errors;
  const auto body = parse_body(request, errors);
  const auto document = body ? unwrap(*body, member_, errors, type_.ignored) : std::nullopt;
  return store_.with([&](Transaction& transaction) {
    if (!transaction.documents.find(type_.kind, id_of(request))) {
      return empty_response(404);
    }
    return document ? keep(transaction, id_of(request), *document, errors) : errors.response();
  });
}

// The work that a patch makes stands outside of the transactions; what changed meanwhile is patched anew.
Response DocumentApi::patch(const Request& request) const {
  std::optional<Response> response;
  while (!response) {
    response = patch_once(request);
  }
  return *response;
}

std::optional<Response> DocumentApi::patch_once(const Request& request) const {
  const auto find = [&](Transaction& transaction) { return transaction.documents.find(type_.kind, id_of(request)); };
  const auto current = store_.read(find);
  if (!current) {
    return empty_response(404);
  }
  Errors errors;
  const auto body = apply_patch(wrapped(*current), request, type_.patch, errors);
  const auto document = body ? unwrap(*body, member_, errors, type_.ignored) : std::nullopt;
  if (!document) {
    return errors.response();
  }
  return store_.with([&](Transaction& transaction) -> std::optional<Response> {
    const auto now = find(transaction);
    if (!now) {
      return empty_response(404);
    }
    const bool is_same = now->body == current->body && now->last_update_instant == current->last_update_instant;
    return is_same ? std::optional(keep(transaction, now->id, *document, errors)) : std::nullopt;
  });
}

Response DocumentApi::erase(const Request& request) const {
  return store_.with([&](Transaction& transaction) {
    const std::string id = id_of(request);
    Errors errors;
    for (const Use& user : transaction.documents.users_of(type_.kind, id)) {
      errors.add_field(parameter_, "inUse",
                       "It is used by the " + std::string(to_string(user.kind)) + " [" + user.id + "].");
    }
    if (type_.is_awaited && type_.is_awaited(transaction, id)) {
      errors.add_field(parameter_, "inUse", "Messages wait for it.");
    }
    if (!errors.empty()) {
      return errors.response();
    }
    return empty_response(transaction.documents.erase(type_.kind, id) ? 200 : 404);
  });
}

void check_name(Transaction& transaction, Kind kind, std::string_view own_id, std::string_view path,
                std::string_view name, Errors& errors) {
  const auto other = name.empty() ? std::nullopt : transaction.documents.find_by_name(kind, name);
  if (other && other->id != own_id) {
    errors.add_field(path, "duplicate",
                     "Another " + std::string(to_string(kind)) + " has [" + std::string(name) + "].");
  }
}

std::function<void(const Request&, const Reply&)> answered_by(std::shared_ptr<const DocumentApi> api,
                                                              Response (DocumentApi::*call)(const Request&) const) {
  return [api = std::move(api), call](const Request& request, const Reply& reply) { reply(((*api).*call)(request)); };
}

}  // namespace messenger::host
