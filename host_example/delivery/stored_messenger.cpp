// SPDX-License-Identifier: Apache-2.0
#include "delivery/stored_messenger.hpp"

#include "delivery/document_body.hpp"
#include "runtime/json_text.hpp"
#include "runtime/uuid_text.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

// By the names that FusionAuth gives to a reference to a key, whatever the type: a plugin's schema cannot say which of
// its texts are references.
std::vector<Use> keys_used(const json::object& messenger) {
  std::vector<Use> uses;
  for (const char* name : {"sslCertificate", "sslCertificateId"}) {
    const json::value* const value = messenger.if_contains(name);
    if (value != nullptr && value->is_string() && is_uuid(value->get_string())) {
      uses.push_back({Kind::key, to_lower_uuid(value->get_string())});
    }
  }
  return uses;
}

}  // namespace

NewDocument to_document(const std::string& id, const json::object& messenger) {
  json::object kept = messenger;
  for (const char* set_by_host : {"id", "insertInstant", "lastUpdateInstant", "transport"}) {
    kept.erase(set_by_host);
  }
  return {id, to_sorted_text(kept), {std::string(messenger.at("name").as_string())}, keys_used(messenger)};
}

json::object messenger_of(const Document& document) {
  json::object messenger = body_of(document);
  if (json::value& debug = messenger["debug"]; !debug.is_bool()) {
    debug = false;
  }
  messenger["id"] = document.id;
  messenger["insertInstant"] = document.insert_instant;
  messenger["lastUpdateInstant"] = document.last_update_instant;
  messenger["transport"] = "sms";
  return messenger;
}

json::object wrapped_messenger(const Document& document) {
  return {{"messenger", messenger_of(document)}};
}

}  // namespace messenger::host
