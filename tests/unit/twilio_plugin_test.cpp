// SPDX-License-Identifier: Apache-2.0
// messenger_twilio.so through its C table.
#include <messenger/receipts.h>

#include <boost/test/unit_test.hpp>

#include "support/fake_host.hpp"

using namespace messenger::test;

namespace {

const std::string hex = "0123456789abcdef0123456789abcdef";
const TestMessage code{.body = "CANARY-body", .attributes = {{"code", "CANARY-code"}}, .flags = MSGR_SECRET};

const msgr_plugin& twilio() {
  return *Library(MESSENGER_PLUGIN_DIR "/messenger_twilio.so").plugin();
}

// The example of FusionAuth's documentation without the envelope that a host keeps for itself.
constexpr const char* documented = R"({"accountSID":"983C6FACEBBE4D858570FADD967A9DD7",
  "authToken":"CANARY-184C73BE8E44420EBAA0BA147A61B6A9","fromPhoneNumber":"555-555-5555","url":"https://api.twilio.com"})";

std::string config(const std::string& more = R"("authToken":"CANARY-token","fromPhoneNumber":"+15005550006")",
                   const std::string& account = "AC" + hex) {
  return R"({"url":"https://api.twilio.com/","accountSID":")" + account + "\"" + (more.empty() ? "" : ",") + more + "}";
}

struct Told {
  std::uint32_t reading;
  std::vector<std::string> events;  // "status provider_id provider_status provider_code"
};

std::string text(msgr_str raw) {
  return raw.ptr == nullptr ? "-" : std::string(raw.ptr, raw.len);
}

Told receive(const Instance& instance, const std::string& body, const std::string& signature,
             const std::string& header = "x-twilio-signature", std::size_t copies = 1) {
  const auto str = [](const std::string& value) { return msgr_str{value.data(), value.size()}; };
  const std::string method = "POST", url = "https://mycompany.com/receipt";
  const std::vector<msgr_pair> headers(copies, {str(header), str(signature)});
  const msgr_callback callback{sizeof(callback), 0, str(method), str(url), str(body), headers.data(), headers.size()};
  Told told{};
  const auto take = [](void* ctx, const msgr_receipt* receipt) {
    static_cast<Told*>(ctx)->events.push_back(std::to_string(receipt->status) + " " + text(receipt->provider_id) + " " +
                                              text(receipt->provider_status) + " " + text(receipt->provider_code));
  };
  const auto* const receipts = static_cast<const msgr_receipts*>(twilio().get_extension(MSGR_RECEIPTS_1));
  BOOST_TEST_REQUIRE(receipts != nullptr);
  told.reading = receipts->read(instance.raw(), &callback, take, &told);
  return told;
}

// Signed with CANARY-token and with CANARY-second by Twilio's library for Node.js.
const std::string undelivered = "ErrorCode=30003&MessageSid=SM" + hex + "&MessageStatus=undelivered";
constexpr const char* by_token = "dC+/DwLvv+W/hjlVEnUFZw5Z748=";
constexpr const char* by_second = "5Bjp22VzPTnR7+leFwh64uAXJmA=";
constexpr const char* of_nothing = "J/h8xR2o91V7D1MGHWyUd5q3k7I=";  // CANARY-token's of the form MessageStatus=sent

}  // namespace

BOOST_AUTO_TEST_CASE(its_schema_is_written_by_the_compiler) {
  BOOST_TEST(has_constant_schema(twilio()));
}

BOOST_AUTO_TEST_CASE(the_documented_example_is_accepted_but_not_sent_with) {
  FakeHost host;
  BOOST_TEST(validate(host, twilio(), documented).found.empty());
  const Instance instance(host, twilio(), documented);
  BOOST_REQUIRE(instance);
  BOOST_TEST(!host.opened.at(0).has_username);
  instance.send(code);
  BOOST_TEST(host.sent.empty());
  BOOST_TEST(host.completions.at(0).outcome == MSGR_CONFIG);
  BOOST_TEST(host.completions.at(0).detail == "accountSID is not AC and 32 hexadecimal digits.");
  BOOST_TEST(host.said().find("CANARY") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_problem_is_reported) {
  const std::pair<std::string, std::vector<std::string>> rows[] = {
      {"{}", {"missing /url", "missing /accountSID"}},
      {R"({"url":"api.twilio.com","accountSID":""})", {"invalid /url", "blank /accountSID"}},
      {R"({"url":"https://h/?x","accountSID":"A"})", {"invalid /url"}},
      {config(R"("authToken":7,"connectTimeout":0,"readTimeout":"5")"),
       {"invalidJSON /authToken", "invalid /connectTimeout", "invalidJSON /readTimeout"}},
      {config(R"("apiKeySid":"SK1")"), {"missing /apiKeySecret"}},
      {config(R"("apiKeySecret":"CANARY")"), {"missing /apiKeySid"}},
      {config(R"("messagingServiceSid":"a","messagingServicesSid":"b")"), {"invalid /messagingServicesSid"}},
      {config(R"("authtoken":"CANARY")"), {"unknown /authtoken"}},
  };
  const FakeHost host;
  for (const auto& [json, problems] : rows) {
    BOOST_TEST_CONTEXT(json) {
      const Problems found = validate(host, twilio(), json);
      BOOST_TEST(found.found == problems, boost::test_tools::per_element());
      BOOST_TEST(found.texts.find("CANARY") == std::string::npos);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_message_is_posted_as_a_form) {
  FakeHost host;
  {
    const Instance instance(host, twilio(), config());
    const OpenedEndpoint& opened = host.opened.at(0);
    BOOST_TEST(opened.url == "https://api.twilio.com/2010-04-01/Accounts/AC" + hex + "/Messages.json");
    BOOST_TEST(opened.username == "AC" + hex);
    BOOST_TEST(opened.password == "CANARY-token");
    BOOST_TEST(opened.connect_timeout_ms == 5000U);
    BOOST_TEST(opened.read_timeout_ms == 15'000U);
    TestMessage message = code;
    message.expires_ns = host.now_ns + 300'000'000'000;
    instance.send(message, {.ticket = 8, .idempotency_key = "key"});
    const SentRequest& sent = host.sent.at(0);
    BOOST_TEST(sent.method == "POST");
    BOOST_TEST(sent.target == "");
    BOOST_TEST(sent.content_type == "application/x-www-form-urlencoded");
    BOOST_TEST(sent.body == "To=%2B15005550010&From=%2B15005550006&Body=CANARY-body&ValidityPeriod=300");
    BOOST_TEST(sent.headers.empty());
    instance.cancel(8);
    BOOST_TEST(host.cancelled.at(0) == 8U);  // whether it is a send's or a call's
    host.answer({.status = 201, .body = R"({"sid":"SM)" + hex + "\"}"});
    BOOST_TEST(host.completions.at(0).outcome == MSGR_OK);
    BOOST_TEST(host.completions.at(0).ticket == 8U);
    BOOST_TEST(host.completions.at(0).provider_id == "SM" + hex);
  }
  BOOST_TEST(host.closed == static_cast<int>(host.opened.size()));
  BOOST_TEST(host.said().find("CANARY") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_trace_context_goes_with_the_message_and_an_idempotency_key_does_not) {
  FakeHost host;
  const Instance instance(host, twilio(), config());
  instance.send(code, {.ticket = 8, .idempotency_key = "key", .traceparent = "00-trace"});
  BOOST_TEST((host.sent.at(0).headers == Pairs{{"traceparent", "00-trace"}}));
}

BOOST_AUTO_TEST_CASE(an_api_key_is_used_in_place_of_the_token) {
  FakeHost host;
  const Instance instance(
      host, twilio(),
      config(R"("authToken":"t","fromPhoneNumber":"A","apiKeySecret":"s","apiKeySid":"SK)" + hex + "\""));
  BOOST_TEST(host.opened.at(0).username == "SK" + hex);
  BOOST_TEST(host.opened.at(0).password == "s");
  BOOST_TEST(host.opened.at(0).url.find("/Accounts/AC" + hex) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_incomplete_configuration_is_said_at_the_send) {
  const std::string sender = R"(,"fromPhoneNumber":"+15005550006")";
  const std::pair<std::string, std::string> rows[] = {
      {config("", "AC1"), "accountSID"},
      {config(R"("messagingServiceSid":"MG)" + hex + "\""), "authToken"},
      {config(R"("apiKeySecret":"s","apiKeySid":"SK1")" + sender), "apiKeySid"},
      {config(R"("authToken":"t")"), "fromPhoneNumber"},
      {config(R"("authToken":"t","fromPhoneNumber":"555-555-5555")"), "fromPhoneNumber"},
      {config(R"("authToken":"t","messagingServiceSid":"MG1")" + sender), "messagingServiceSid"},
  };
  for (const auto& [json, named] : rows) {
    FakeHost host;
    const Instance instance(host, twilio(), json);
    BOOST_REQUIRE(instance);
    instance.send();
    BOOST_TEST_CONTEXT(json) {
      BOOST_TEST(host.sent.empty());
      BOOST_TEST(host.completions.at(0).outcome == MSGR_CONFIG);
      BOOST_TEST(host.completions.at(0).detail.find(named) != std::string::npos);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_reply_knows_where_the_sender_came_from) {
  FakeHost host;
  const Instance instance(host, twilio(), config());
  const Answer refused{.status = 400, .body = R"({"code":21606,"message":"CANARY"})"};
  instance.send(code);
  host.answer(refused);
  BOOST_TEST(host.completions.at(0).outcome == MSGR_CONFIG);
  BOOST_TEST(host.completions.at(0).provider_code == "21606");
  TestMessage own = code;
  own.from = "+15005550007";
  instance.send(own);
  host.answer(refused);
  BOOST_TEST(host.completions.at(1).outcome == MSGR_REJECTED);
  BOOST_TEST(host.said().find("CANARY") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_refused_locally_leaves_nothing) {
  FakeHost host;
  const Instance instance(host, twilio(), config());
  instance.send({.to = "555-CANARY"});
  instance.send({.attributes = {{"MediaURL", "CANARY"}}});
  BOOST_TEST(host.sent.empty());
  BOOST_TEST(host.completions.size() == 2U);
  for (const auto& completion : host.completions) {
    BOOST_TEST(completion.outcome == MSGR_REJECTED);
  }
  host.request_answer = MSGR_HTTP_UNAVAILABLE;
  instance.send();
  BOOST_TEST(host.completions.at(2).outcome == MSGR_RETRY);
  BOOST_TEST(host.said().find("CANARY") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_genuine_receipt_is_told) {
  FakeHost host;
  const Instance instance(host, twilio(), config());
  for (const char* header : {"X-Twilio-Signature", "x-twilio-signature"}) {
    const Told told = receive(instance, undelivered, by_token, header);
    BOOST_TEST(told.reading == MSGR_RECEIPT_READ);
    BOOST_TEST(told.events == std::vector<std::string>{"8 SM" + hex + " undelivered 30003"},
               boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(a_receipt_of_another_token_or_with_no_or_two_signatures_is_forged) {
  FakeHost host;
  const Instance instance(host, twilio(), config());
  const Told forged[] = {receive(instance, undelivered, by_second), receive(instance, undelivered + "&a=b", by_token),
                         receive(instance, undelivered, by_token, "Signature"),
                         receive(instance, undelivered, by_token, "X-Twilio-Signature", 0),
                         receive(instance, undelivered, by_token, "X-Twilio-Signature", 2)};
  for (const Told& told : forged) {
    BOOST_TEST(told.reading == MSGR_RECEIPT_FORGED);
    BOOST_TEST(told.events.empty());
  }
  BOOST_TEST(host.said() == "");
}

BOOST_AUTO_TEST_CASE(a_receipt_of_either_token_is_genuine_while_they_are_exchanged) {
  FakeHost host;
  const Instance instance(host, twilio(), config(R"("authToken":"CANARY-token","secondaryAuthToken":"CANARY-second")"));
  BOOST_TEST(receive(instance, undelivered, by_token).reading == MSGR_RECEIPT_READ);
  BOOST_TEST(receive(instance, undelivered, by_second).reading == MSGR_RECEIPT_READ);
}

BOOST_AUTO_TEST_CASE(a_genuine_receipt_that_names_no_message_is_malformed) {
  FakeHost host;
  const Instance instance(host, twilio(), config());
  const Told told = receive(instance, "MessageStatus=sent", of_nothing);
  BOOST_TEST(told.reading == MSGR_RECEIPT_MALFORMED);
  BOOST_TEST(told.events.empty());
}

BOOST_AUTO_TEST_CASE(without_an_auth_token_every_receipt_is_forged_and_the_reason_is_logged_once) {
  FakeHost host;
  const Instance instance(host, twilio(), config(R"("apiKeySecret":"CANARY","apiKeySid":"SK)" + hex + "\""));
  BOOST_TEST(receive(instance, undelivered, by_token).reading == MSGR_RECEIPT_FORGED);
  BOOST_TEST(receive(instance, undelivered, by_token).reading == MSGR_RECEIPT_FORGED);
  BOOST_TEST(host.logs.size() == 1U);
  BOOST_TEST(host.said().find("auth token") != std::string::npos);
  BOOST_TEST(host.said().find("CANARY") == std::string::npos);
}
