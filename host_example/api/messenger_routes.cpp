// SPDX-License-Identifier: Apache-2.0
#include "api/messenger_routes.hpp"

#include "api/errors.hpp"
#include "api/json_body.hpp"
#include "api/patch.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

const PatchRules& patch_rules() {
  static const PatchRules rules{.replaced = {"/messenger/messageTypes"},
                                .ignored = {"/messenger/id", "/messenger/insertInstant", "/messenger/lastUpdateInstant",
                                            "/messenger/transport", "/messenger/type"}};
  return rules;
}

std::string id_of(const Request& request) {
  return request.parameters.at("messengerId");
}

Response response_of(const Messengers::Change& change, Errors& errors) {
  errors.add(change.issues);
  return change.document && errors.empty() ? json_response(*change.document) : errors.response();
}

class Handlers {
 public:
  explicit Handlers(Messengers& messengers) : messengers_(messengers) {}

  void create(const Request& request, const Reply& reply) const {
    Errors errors;
    const auto document = parse_body(request, errors);
    if (!document) {
      return reply(errors.response());
    }
    const auto id = request.parameters.find("messengerId");
    const auto change =
        messengers_.create(id == request.parameters.end() ? std::nullopt : std::optional(id->second), *document);
    reply(response_of(change, errors));
  }

  void find(const Request& request, const Reply& reply) const {
    const auto document = messengers_.find(id_of(request));
    reply(document ? json_response(*document) : empty_response(404));
  }

  void list(const Request&, const Reply& reply) const { reply(json_response({{"messengers", messengers_.list()}})); }

  void replace(const Request& request, const Reply& reply) const {
    edit(request, reply, [&](const json::object&, Errors& errors) { return parse_body(request, errors); });
  }

  void patch(const Request& request, const Reply& reply) const {
    edit(request, reply, [&](const json::object& current, Errors& errors) {
      return apply_patch(current, request, patch_rules(), errors);
    });
  }

  void erase(const Request& request, const Reply& reply) const {
    const auto issues = messengers_.erase(id_of(request));
    if (!issues) {
      return reply(empty_response(404));
    }
    Errors errors;
    errors.add(*issues);
    reply(errors.empty() ? empty_response(200) : errors.response());
  }

 private:
  template <class Edit>
  void edit(const Request& request, const Reply& reply, Edit edited) const {
    Errors errors;
    const auto change =
        messengers_.replace(id_of(request), [&](const json::object& current) { return edited(current, errors); });
    reply(change ? response_of(*change, errors) : empty_response(404));
  }

  Messengers& messengers_;
};

}  // namespace

std::vector<Route> messenger_routes(Messengers& messengers) {
  const std::string all = "/api/messenger";
  const std::string one = "/api/messenger/{messengerId:uuid}";
  const std::string tag = "Messengers";
  const auto with = [handlers = Handlers(messengers)](void (Handlers::*handle)(const Request&, const Reply&) const) {
    return [handlers, handle](const Request& request, const Reply& reply) { (handlers.*handle)(request, reply); };
  };
  const auto document = [&](const std::string& summary, const std::string& request, const std::string& response,
                            std::vector<unsigned> also = {}) {
    return RouteDocument{tag, summary, request, response, std::move(also)};
  };
  const std::string whole = "MessengerRequest";
  const std::string answer = "MessengerResponse";
  return {
      {"POST", all, Access::api_key, document("Create a messenger", whole, answer), with(&Handlers::create)},
      {"POST", one, Access::api_key, document("Create a messenger with this id", whole, answer),
       with(&Handlers::create)},
      {"GET", all, Access::api_key, document("List the messengers", "", "MessengersResponse"), with(&Handlers::list)},
      {"GET", one, Access::api_key, document("Retrieve a messenger", "", answer, {404}), with(&Handlers::find)},
      {"PUT", one, Access::api_key, document("Replace a messenger", whole, answer, {404}), with(&Handlers::replace)},
      {"PATCH", one, Access::api_key, document("Change a messenger", whole, answer, {404}), with(&Handlers::patch)},
      {"DELETE", one, Access::api_key, document("Delete a messenger", "", "", {404}), with(&Handlers::erase)}};
}

}  // namespace messenger::host
