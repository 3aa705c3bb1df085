// SPDX-License-Identifier: Apache-2.0
#include "api/two_factor_method_routes.hpp"

#include <array>

#include "api/json_body.hpp"
#include "api/trace_context.hpp"
#include "api/two_factor_routes.hpp"
#include "delivery/user_document.hpp"
#include "runtime/field_check.hpp"
#include "runtime/field_schema.hpp"
#include "runtime/uuid_text.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

using Member = Field::Kind;
using Change = TwoFactorMethods::Change;

constexpr std::array<std::string_view, 1> kinds{"sms"};
constexpr Field method_member{.path = "method", .kind = Member::text, .choices = kinds};
constexpr Field required_method_member{.path = "method", .kind = Member::text, .required = true, .choices = kinds};
constexpr Field code_member{
    .path = "code", .kind = Member::text, .required = true, .longest = OneTimeCodes::longest_code};
constexpr std::array send_members{Field{"applicationId", Member::uuid}, method_member, Field{"methodId", Member::text},
                                  Field{"mobilePhone", Member::text}, Field{"userId", Member::uuid, true}};
constexpr std::array enable_members{Field{"applicationId", Member::uuid}, code_member, required_method_member,
                                    Field{"mobilePhone", Member::text, true}};
constexpr std::array disable_members{Field{"applicationId", Member::uuid}, code_member,
                                     Field{"methodId", Member::text, true}};

void check_number(std::string_view number, Errors& errors) {
  if (!number.empty() && !is_phone_number(number)) {
    errors.add_field("mobilePhone", "invalid", "[mobilePhone] is not a phone number.");
  }
}

std::string text(const json::object& body, std::string_view name) {
  return std::string(text_member(body, name));
}

// Of a method that is there, its id; of a new one, its kind and its number.
void check_send(const json::object& body, Errors& errors) {
  if (!text_member(body, "methodId").empty()) {
    return;
  }
  for (const char* const name : {"method", "mobilePhone"}) {
    if (text_member(body, name).empty() && find_member(body, name) == nullptr) {
      errors.add_field(name, "blank", "You must specify [method] and [mobilePhone], or [methodId].");
    }
  }
  if (find_member(body, "mobilePhone") != nullptr && text_member(body, "mobilePhone").empty()) {
    errors.add_field("mobilePhone", "blank", "[mobilePhone] must not be empty.");
  }
  check_number(text_member(body, "mobilePhone"), errors);
}

void send(TwoFactorMethods& methods, const Request& request, const Reply& reply) {
  Errors errors;
  const auto body = parse_body(request, errors);
  if (body) {
    errors.add(check_fields(*body, send_members, ""));
    if (errors.empty()) {
      check_send(*body, errors);
    }
  }
  if (!errors.empty()) {
    return reply(errors.response());
  }
  const std::string user = to_lower_uuid(text_member(*body, "userId"));
  const std::string method = text(*body, "methodId");
  const auto done = [reply](const TwoFactorSent& sent) { reply(sent_response(sent)); };
  if (method.empty()) {
    methods.send_to_new(user, text(*body, "mobilePhone"), {request.id, traceparent_of(request)}, done);
  } else {
    methods.send_to_old(user, method, {request.id, traceparent_of(request)}, done);
  }
}

Response changed(Change change, Response done) {
  Errors errors;
  switch (change) {
    case Change::done:
      return done;
    case Change::no_user:
      return empty_response(404);
    case Change::wrong_code:
      return empty_response(421);
    case Change::duplicate:
      errors.add_field("mobilePhone", "duplicate", "The user has this two-factor method already.");
      break;
    case Change::no_method:
      errors.add_field("methodId", "invalid", "The user has no such two-factor method.");
  }
  return errors.response();
}

Response enable(TwoFactorMethods& methods, const Request& request) {
  Errors errors;
  const auto body = parse_body(request, errors);
  if (body) {
    errors.add(check_fields(*body, enable_members, ""));
    check_number(text_member(*body, "mobilePhone"), errors);
  }
  return errors.empty()
             ? changed(methods.add(request.parameters.at("userId"), text(*body, "mobilePhone"), text(*body, "code")),
                       json_response({}))
             : errors.response();
}

// What the client sends as parameters, or as a body.
std::optional<json::object> read_disable(const Request& request, Errors& errors) {
  if (!request.body.empty()) {
    return parse_body(request, errors);
  }
  json::object members;
  for (const char* const name : {"code", "methodId"}) {
    if (const auto found = request.query.find(name); found != request.query.end()) {
      members[name] = found->second;
    }
  }
  return members;
}

Response disable(TwoFactorMethods& methods, const Request& request) {
  Errors errors;
  const auto body = read_disable(request, errors);
  if (body) {
    errors.add(check_fields(*body, disable_members, ""));
  }
  return errors.empty()
             ? changed(methods.remove(request.parameters.at("userId"), text(*body, "methodId"), text(*body, "code")),
                       empty_response(200))
             : errors.response();
}

}  // namespace

std::vector<Route> two_factor_method_routes(TwoFactorMethods& methods) {
  const std::string tag = "Two-factor";
  const std::string one = "/api/user/two-factor/{userId:uuid}";
  return {{"POST",
           "/api/two-factor/send",
           Access::api_key,
           {tag, "Send a code to add or remove a two-factor method", "TwoFactorMethodSendRequest", "", {404, 429}},
           [&methods](const Request& request, const Reply& reply) { send(methods, request, reply); }},
          {"POST",
           one,
           Access::api_key,
           {tag, "Add a two-factor method", "TwoFactorEnableRequest", "TwoFactorEnableResponse", {404, 421}},
           [&methods](const Request& request, const Reply& reply) { reply(enable(methods, request)); }},
          {"DELETE",
           one,
           Access::api_key,
           {tag, "Remove a two-factor method", "", "", {404, 421}, {"code", "methodId"}},
           [&methods](const Request& request, const Reply& reply) { reply(disable(methods, request)); }}};
}

json::object two_factor_method_schemas() {
  return {{"TwoFactorMethodSendRequest", schema_of(send_members)},
          {"TwoFactorEnableRequest", schema_of(enable_members)},
          {"TwoFactorEnableResponse", json::object{{"type", "object"}}}};
}

}  // namespace messenger::host
