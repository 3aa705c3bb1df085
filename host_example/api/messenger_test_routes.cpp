// SPDX-License-Identifier: Apache-2.0
#include "api/messenger_test_routes.hpp"

#include <array>

#include "api/errors.hpp"
#include "api/json_body.hpp"
#include "api/unwrap.hpp"
#include "runtime/field_check.hpp"
#include "runtime/uuid_text.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

using Member = Field::Kind;

constexpr std::array message_members{Field{"phoneNumber", Member::text, true},
                                     Field{.path = "textMessage", .kind = Member::text, .longest = 16'384},
                                     Field{"code", Member::text}};

OutgoingMessage message_of(const json::object& sent, const Request& request) {
  OutgoingMessage message;
  message.id = new_uuid();
  message.request_id = request.id;
  message.to = text_member(sent, "phoneNumber");
  message.body = text_member(sent, "textMessage");
  const std::string code(text_member(sent, "code"));
  if (message.body.empty()) {
    message.body = code.empty() ? "This is a test message." : "Your verification code is " + code + ".";
  }
  if (!code.empty()) {
    message.attributes.emplace_back("code", code);
    message.secret = true;
  }
  return message;
}

class Handlers {
 public:
  Handlers(Messengers& messengers, TestSend& test_send) : messengers_(messengers), test_send_(test_send) {}

  void test_stored(const Request& request, const Reply& reply) const {
    const std::string& id = request.parameters.at("messengerId");
    const auto stored = messengers_.find(id);
    if (!stored) {
      return reply(empty_response(404));
    }
    Errors errors;
    const auto body = parse_body(request, errors);
    run(request, reply, body ? unwrap(*body, "message", errors) : std::nullopt, *stored, {id, true}, errors);
  }

  void test_unsaved(const Request& request, const Reply& reply) const {
    Errors errors;
    const auto body = parse_body(request, errors);
    if (!body) {
      return reply(errors.response());
    }
    json::object document;
    if (const json::value* const messenger = body->if_contains("messenger")) {
      document["messenger"] = *messenger;
    }
    run(request, reply, unwrap(*body, "message", errors, {"messenger"}), document, {id_of(document), false}, errors);
  }

 private:
  // Which stored messenger a document is or would replace; empty = none.
  struct Own {
    std::string id;
    bool is_stored;  // as it is, not as it is being edited
  };

  // A stored messenger that is being edited may keep its name.
  static std::string id_of(const json::object& document) {
    const json::value* const messenger = document.if_contains("messenger");
    const json::value* const id =
        messenger != nullptr && messenger->is_object() ? messenger->get_object().if_contains("id") : nullptr;
    return id != nullptr && id->is_string() ? to_lower_uuid(id->get_string()) : std::string();
  }

  // The message is nothing after an error.
  void run(const Request& request, const Reply& reply, const std::optional<json::object>& message,
           const json::object& document, const Own& own, Errors& errors) const {
    errors.add(messengers_.check(document, own.id));
    if (message) {
      errors.add(check_fields(*message, message_members, "/message"));
    }
    if (!errors.empty()) {
      return reply(errors.response());
    }
    errors.add(test_send_.start(document.at("messenger").as_object(), own.is_stored ? own.id : "",
                                message_of(*message, request), [reply](json::object report) {
                                  reply(json_response({{"test", std::move(report)}}));
                                }));
    if (!errors.empty()) {
      reply(errors.response());
    }
  }

  Messengers& messengers_;
  TestSend& test_send_;
};

}  // namespace

std::vector<Route> messenger_test_routes(Messengers& messengers, TestSend& test_send) {
  const Handlers handlers(messengers, test_send);
  const std::string tag = "Messengers";
  const std::string answer = "MessengerTestResponse";
  return {
      {"POST",
       "/api/messenger/{messengerId:uuid}/test",
       Access::api_key,
       {tag, "Send a test message", "MessengerTestRequest", answer, {404}},
       [handlers](const Request& request, const Reply& reply) { handlers.test_stored(request, reply); }},
      {"POST",
       "/api/messenger/test",
       Access::api_key,
       {tag, "Send a test message through a messenger that is not saved", "UnsavedMessengerTestRequest", answer, {}},
       [handlers](const Request& request, const Reply& reply) { handlers.test_unsaved(request, reply); }}};
}

}  // namespace messenger::host
