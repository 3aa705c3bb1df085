// SPDX-License-Identifier: Apache-2.0
#include "api/key_routes.hpp"

#include "api/errors.hpp"
#include "api/json_body.hpp"
#include "api/unwrap.hpp"

namespace messenger::host {

namespace {

std::optional<std::string> id_of(const Request& request) {
  const auto id = request.parameters.find("keyId");
  return id == request.parameters.end() ? std::nullopt : std::optional(id->second);
}

Response import(ClientKeys& keys, const Request& request) {
  Errors errors;
  const auto body = parse_body(request, errors);
  const auto key = body ? unwrap(*body, "key", errors) : std::nullopt;
  if (!key) {
    return errors.response();
  }
  const auto import = keys.import(id_of(request), *key);
  errors.add(import.issues);
  return import.key ? json_response({{"key", *import.key}}) : errors.response();
}

Response find(ClientKeys& keys, const Request& request) {
  const auto key = keys.find(*id_of(request));
  return key ? json_response({{"key", *key}}) : empty_response(404);
}

Response list(ClientKeys& keys, const Request&) {
  return json_response({{"keys", keys.list()}});
}

Response erase(ClientKeys& keys, const Request& request) {
  const auto issues = keys.erase(*id_of(request));
  if (!issues) {
    return empty_response(404);
  }
  Errors errors;
  errors.add(*issues);
  return errors.empty() ? empty_response(200) : errors.response();
}

}  // namespace

std::vector<Route> key_routes(ClientKeys& keys) {
  const std::string all = "/api/key";
  const std::string one = all + "/{keyId:uuid}";
  const std::string imported = all + "/import";
  const std::string tag = "Keys";
  const std::string sent = "KeyRequest";
  const std::string answer = "KeyResponse";
  const auto with = [&keys](Response (*call)(ClientKeys&, const Request&)) {
    return [&keys, call](const Request& request, const Reply& reply) { reply(call(keys, request)); };
  };
  return {{"POST", imported, Access::api_key, {tag, "Import a client certificate", sent, answer}, with(import)},
          {"POST",
           imported + "/{keyId:uuid}",
           Access::api_key,
           {tag, "Import a client certificate with this id", sent, answer},
           with(import)},
          {"GET", all, Access::api_key, {tag, "List the keys", "", "KeysResponse"}, with(list)},
          {"GET", one, Access::api_key, {tag, "Retrieve a key", "", answer, {404}}, with(find)},
          {"DELETE", one, Access::api_key, {tag, "Delete a key", "", "", {404}}, with(erase)}};
}

}  // namespace messenger::host
