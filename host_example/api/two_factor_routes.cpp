// SPDX-License-Identifier: Apache-2.0
#include "api/two_factor_routes.hpp"

#include <array>

#include "api/document_api.hpp"
#include "api/json_body.hpp"
#include "api/trace_context.hpp"
#include "runtime/field_check.hpp"
#include "runtime/field_schema.hpp"
#include "runtime/uuid_text.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

using Member = Field::Kind;

// A shorter code of the caller's own is guessed.
constexpr std::array start_members{
    Field{"applicationId", Member::uuid},
    Field{.path = "code", .kind = Member::text, .shortest = 4, .longest = OneTimeCodes::longest_code},
    Field{"loginId", Member::text},
    Field{"loginIdTypes", Member::text_list},
    Field{"state", Member::object},
    Field{"trustChallenge", Member::text},
    Field{"userId", Member::uuid}};
// A number or an address is no member: the caller is anonymous, and the user's methods say where a code may go.
constexpr std::array send_members{Field{"applicationId", Member::uuid}, Field{"methodId", Member::text}};
constexpr std::array login_members{
    Field{"applicationId", Member::uuid},
    Field{.path = "code", .kind = Member::text, .required = true, .longest = OneTimeCodes::longest_code},
    Field{"eventInfo", Member::object},
    Field{"ipAddress", Member::text},
    Field{"metaData", Member::object},
    Field{"newDevice", Member::boolean},
    Field{"noJWT", Member::boolean},
    Field{"trustComputer", Member::boolean},
    Field{"botDetectionScore", Member::number},
    Field{"userId", Member::uuid},
    Field{"twoFactorId", Member::text, true}};

// The body's members, or nothing after an error.
std::optional<json::object> read(const Request& request, std::span<const Field> members, Errors& errors) {
  auto body = parse_body(request, errors);
  if (body) {
    errors.add(check_fields(*body, members, ""));
  }
  return errors.empty() ? std::move(body) : std::nullopt;
}

std::optional<TwoFactorStart> read_start(const Request& request, Errors& errors) {
  const auto body = read(request, start_members, errors);
  if (!body) {
    return std::nullopt;
  }
  const json::value* const state = find_member(*body, "state");
  TwoFactorStart start{to_lower_uuid(text_member(*body, "userId")), std::string(text_member(*body, "loginId")),
                       std::string(text_member(*body, "code")),
                       state == nullptr ? std::nullopt : std::optional(state->get_object())};
  if (start.user_id.empty() && start.login_id.empty()) {
    for (const char* const name : {"userId", "loginId"}) {
      errors.add_field(name, "blank", "You must specify [userId] or [loginId].");
    }
  }
  return errors.empty() ? std::optional(std::move(start)) : std::nullopt;
}

Response start(OneTimeCodes& codes, const Request& request) {
  Errors errors;
  const auto wanted = read_start(request, errors);
  if (!wanted) {
    return errors.response();
  }
  const auto started = codes.start(*wanted);
  return started
             ? json_response(
                   {{"code", started->code}, {"methods", started->methods}, {"twoFactorId", started->two_factor_id}})
             : empty_response(404);
}

Response general(unsigned status, std::string_view code, std::string_view message) {
  Errors errors;
  errors.add_general(code, message);
  return errors.response(status);
}

void send(OneTimeCodes& codes, const Request& request, const Reply& reply) {
  Errors errors;
  std::optional<json::object> body = json::object();
  if (!request.body.empty()) {  // an old client sends none, as text/plain
    body = read(request, send_members, errors);
  }
  if (!body) {
    return reply(errors.response());
  }
  codes.send(request.parameters.at("twoFactorId"), std::string(text_member(*body, "methodId")),
             {request.id, traceparent_of(request)},
             [reply](const TwoFactorSent& outcome) { reply(sent_response(outcome)); });
}

Response login(OneTimeCodes& codes, const Request& request) {
  Errors errors;
  const auto body = read(request, login_members, errors);
  if (!body) {
    return errors.response();
  }
  const auto login =
      codes.login(std::string(text_member(*body, "twoFactorId")), std::string(text_member(*body, "code")));
  if (login.status != TwoFactorLogin::Status::ok) {
    return empty_response(login.status == TwoFactorLogin::Status::wrong_code ? 421 : 404);
  }
  json::object answer{{"user", shown(*login.user)}};
  if (login.state) {
    answer["state"] = *login.state;
  }
  return json_response(answer);
}

}  // namespace

Response sent_response(const TwoFactorSent& sent) {
  using Status = TwoFactorSent::Status;
  Errors errors;
  switch (sent.status) {
    case Status::sent:
      return empty_response(200);
    case Status::gone:
      return empty_response(404);
    case Status::no_method:
      errors.add_field("methodId", "invalid", "The user has no such two-factor method.");
      return errors.response();
    case Status::too_many:
      return general(429, "tooManySends", "No more messages are sent for this. Start again, or try later.");
    case Status::not_configured:
      return general(400, "notConfigured", "No code can be sent: see the setting [" + sent.setting + "].");
    case Status::rejected:
      return general(400, "rejected", "The message was refused for this phone number.");
    case Status::not_sent:
      break;
  }
  return general(503, "notSent", "The message was not sent. Try again later.");
}

std::vector<Route> two_factor_routes(OneTimeCodes& codes) {
  const std::string tag = "Two-factor";
  return {{"POST",
           "/api/two-factor/start",
           Access::api_key,
           {tag, "Start a two-factor login", "TwoFactorStartRequest", "TwoFactorStartResponse", {404}},
           [&codes](const Request& request, const Reply& reply) { reply(start(codes, request)); }},
          {"POST",
           "/api/two-factor/send/{twoFactorId}",
           Access::anyone,
           {tag, "Send a code to complete a two-factor login", "TwoFactorSendRequest", "", {404, 429}},
           [&codes](const Request& request, const Reply& reply) { send(codes, request, reply); }},
          {"POST",
           "/api/two-factor/login",
           Access::anyone,
           {tag, "Complete a two-factor login", "TwoFactorLoginRequest", "LoginResponse", {404, 421}},
           [&codes](const Request& request, const Reply& reply) { reply(login(codes, request)); }}};
}

json::object two_factor_schemas() {
  return {{"TwoFactorStartRequest", schema_of(start_members)},
          {"TwoFactorSendRequest", schema_of(send_members)},
          {"TwoFactorLoginRequest", schema_of(login_members)}};
}

}  // namespace messenger::host
