// SPDX-License-Identifier: Apache-2.0
#include "api/user_routes.hpp"

#include "api/document_api.hpp"
#include "api/json_body.hpp"
#include "delivery/document_body.hpp"
#include "delivery/tenant.hpp"
#include "delivery/user_document.hpp"
#include "runtime/field_check.hpp"
#include "runtime/json_text.hpp"
#include "runtime/uuid_text.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

// A user who was deactivated stays so until somebody says otherwise.
json::object with_activity(Transaction& transaction, const std::string& id, json::object sent) {
  const auto before = transaction.documents.find(Kind::user, id);
  if (before && find_member(sent, "active") == nullptr) {
    sent["active"] = is_active(body_of(*before));
  }
  return sent;
}

NewDocument prepare(Transaction& transaction, const std::string& id, const json::object& sent, Errors& errors) {
  const std::string tenant = find_tenant(transaction).id;
  errors.add(check_user(sent));
  for (const char* const name : {"email", "username"}) {
    check_name(transaction, Kind::user, id, std::string("user.") + name, folded_login_id(text_member(sent, name)),
               errors);
  }
  const std::string given = to_lower_uuid(text_member(sent, "tenantId"));
  if (!given.empty() && given != tenant) {
    errors.add_field("user.tenantId", "invalid", "There is no tenant with the Id [" + given + "].");
  }
  if (!errors.empty()) {
    return {};
  }
  json::object user = completed_user(with_activity(transaction, id, sent));
  user["tenantId"] = tenant;
  return {id, to_sorted_text(user), login_ids(user), {}};
}

DocumentType type() {
  // Nothing is verified here and nobody is mailed.
  DocumentType type{Kind::user, "users", {"applicationId", "disableDomainBlock", "eventInfo", "skipVerification"}};
  type.patch.ignored = {"/user/id", "/user/insertInstant", "/user/lastUpdateInstant", "/user/tenantId"};
  type.prepare = prepare;
  return type;
}

bool is_set(const Request& request, const char* name) {
  const auto found = request.query.find(name);
  return found != request.query.end() && found->second == "true";
}

// The user with this login id in that member; any of them for "loginId".
std::optional<Document> find_user(Transaction& transaction, const std::string& by, const std::string& text) {
  auto user = transaction.documents.find_by_name(Kind::user, folded_login_id(text));
  if (!user || by == "loginId") {
    return user;
  }
  const json::object document = body_of(*user);
  return folded_login_id(text_member(document, by)) == folded_login_id(text) ? std::move(user) : std::nullopt;
}

Response find(const DocumentApi& api, const Request& request) {
  for (const char* const by : {"loginId", "email", "username"}) {
    const auto text = request.query.find(by);
    if (text != request.query.end()) {
      const auto user =
          api.store().read([&](Transaction& transaction) { return find_user(transaction, by, text->second); });
      return user ? json_response(api.wrapped(*user)) : empty_response(404);
    }
  }
  Errors errors;
  errors.add_general("missing", "You must specify one of the parameters [loginId, email, username].");
  return errors.response();
}

// Gives the user as changed, or nothing when there is none.
std::optional<Document> set_active(const DocumentApi& api, const Request& request, bool active) {
  return api.store().with([&](Transaction& transaction) -> std::optional<Document> {
    const auto user = transaction.documents.find(Kind::user, request.parameters.at("userId"));
    if (!user) {
      return std::nullopt;
    }
    json::object document = body_of(*user);
    document["active"] = active;
    return transaction.documents.put(Kind::user, {user->id, to_sorted_text(document), login_ids(document), {}});
  });
}

Response replace(const DocumentApi& api, const Request& request) {
  if (!is_set(request, "reactivate")) {
    return api.replace(request);
  }
  const auto user = set_active(api, request, true);
  return user ? json_response(api.wrapped(*user)) : empty_response(404);
}

Response erase(const DocumentApi& api, const Request& request) {
  return is_set(request, "hardDelete") ? api.erase(request)
                                       : empty_response(set_active(api, request, false) ? 200 : 404);
}

}  // namespace

std::vector<Route> user_routes(Store& store) {
  const auto api = std::make_shared<const DocumentApi>(store, type());
  const auto with = [&](Response (*call)(const DocumentApi&, const Request&)) {
    return [api, call](const Request& request, const Reply& reply) { reply(call(*api, request)); };
  };
  const std::string all = "/api/user";
  const std::string one = all + "/{userId:uuid}";
  const std::string tag = "Users";
  const std::string sent = "UserRequest";
  const std::string answer = "UserResponse";
  return {
      {"POST", all, Access::api_key, {tag, "Create a user", sent, answer}, answered_by(api, &DocumentApi::create)},
      {"POST",
       one,
       Access::api_key,
       {tag, "Create a user with this id", sent, answer},
       answered_by(api, &DocumentApi::create)},
      {"GET",
       all,
       Access::api_key,
       {tag, "Find a user", "", answer, {404}, {"loginId", "email", "username"}},
       with(find)},
      {"GET", one, Access::api_key, {tag, "Retrieve a user", "", answer, {404}}, answered_by(api, &DocumentApi::show)},
      {"PUT",
       one,
       Access::api_key,
       {tag, "Replace or reactivate a user", sent, answer, {404}, {"reactivate"}},
       with(replace)},
      {"PATCH",
       one,
       Access::api_key,
       {tag, "Change a user", sent, answer, {404}},
       answered_by(api, &DocumentApi::patch)},
      {"DELETE",
       one,
       Access::api_key,
       {tag, "Deactivate or delete a user", "", "", {404}, {"hardDelete"}},
       with(erase)}};
}

}  // namespace messenger::host
