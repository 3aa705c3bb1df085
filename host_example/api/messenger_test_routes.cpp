// SPDX-License-Identifier: Apache-2.0
#include "api/messenger_test_routes.hpp"

#include "api/errors.hpp"
#include "api/json_body.hpp"
#include "runtime/uuid_text.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

/// Reads {"message":{"phoneNumber":…,"textMessage":…,"code":…}}.
class MessageReader {
 public:
  MessageReader(const json::object& body, Errors& errors) : errors_(errors) {
    const json::value* const message = body.if_contains("message");
    if (message == nullptr || !message->is_object()) {
      errors_.add_field("message", message == nullptr ? "missing" : "invalidJSON", "You must specify the [message].");
      return;
    }
    message_ = &message->get_object();
    for (const auto& member : *message_) {
      if (member.key() != "phoneNumber" && member.key() != "textMessage" && member.key() != "code") {
        errors_.add_field("message." + std::string(member.key()), "invalid", "A test message has no such member.");
      }
    }
  }

  OutgoingMessage read(const Request& request) {
    OutgoingMessage message;
    if (message_ == nullptr) {
      return message;
    }
    message.id = new_uuid();
    message.request_id = request.id;
    message.to = text("phoneNumber");
    message.body = text("textMessage");
    const std::string code = text("code");
    if (message.to.empty() && !is_told_) {
      errors_.add_field("message.phoneNumber", message_->contains("phoneNumber") ? "blank" : "missing",
                        "You must specify the [message.phoneNumber].");
    }
    if (message.body.empty()) {
      message.body = code.empty() ? "This is a test message." : "Your verification code is " + code + ".";
    }
    if (!code.empty()) {
      message.attributes.emplace_back("code", code);
      message.secret = true;
    }
    return message;
  }

 private:
  std::string text(std::string_view name) {
    const json::value* const value = message_->if_contains(name);
    if (value == nullptr || value->is_null()) {
      return {};
    }
    if (!value->is_string()) {
      errors_.add_field("message." + std::string(name), "invalidJSON", "[" + std::string(name) + "] must be a string.");
      is_told_ = is_told_ || name == "phoneNumber";
      return {};
    }
    return std::string(value->get_string());
  }

  const json::object* message_ = nullptr;
  bool is_told_ = false;  // what is wrong with the number
  Errors& errors_;
};

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
    if (body && body->contains("messenger")) {
      errors.add_field("messenger", "invalid",
                       "The messenger is the stored one; POST /api/messenger/test takes another.");
    }
    run(request, reply, body, *stored, id, errors);
  }

  void test_unsaved(const Request& request, const Reply& reply) const {
    Errors errors;
    const auto body = parse_body(request, errors);
    json::object document = body.value_or(json::object());
    document.erase("message");
    run(request, reply, body, document, id_of(document), errors);
  }

 private:
  // A stored messenger that is being edited may keep its name.
  static std::string id_of(const json::object& document) {
    const json::value* const messenger = document.if_contains("messenger");
    const json::value* const id =
        messenger != nullptr && messenger->is_object() ? messenger->get_object().if_contains("id") : nullptr;
    return id != nullptr && id->is_string() ? to_lower_uuid(id->get_string()) : std::string();
  }

  void run(const Request& request, const Reply& reply, const std::optional<json::object>& body,
           const json::object& document, const std::string& own_id, Errors& errors) const {
    if (!body) {
      return reply(errors.response());
    }
    errors.add(messengers_.check(document, own_id));
    OutgoingMessage message = MessageReader(*body, errors).read(request);
    if (!errors.empty()) {
      return reply(errors.response());
    }
    errors.add(test_send_.start(document.at("messenger").as_object(), std::move(message), [reply](json::object report) {
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
  const std::string tag = "Messengers", answer = "MessengerTestResponse";
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
