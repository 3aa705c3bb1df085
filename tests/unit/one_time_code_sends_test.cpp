// SPDX-License-Identifier: Apache-2.0
// What sends of a two-factor login do to its codes.
#include "one_time_codes_support.hpp"
#include "tamper.hpp"

using namespace messenger::test;
using messenger::host::Kind;
using messenger::host::MessageStage;
using messenger::host::Priority;

BOOST_FIXTURE_TEST_CASE(a_message_says_all_that_a_messenger_may_need, Codes) {
  const auto started = start();
  const Handed sent = begin(started.two_factor_id);
  const auto& message = sent.message();
  BOOST_TEST(sent.submission.messenger_id == messenger);
  BOOST_TEST((sent.submission.priority == Priority::code));
  BOOST_TEST(sent.submission.traceparent == "trace");
  BOOST_TEST(sent.submission.expires == now + 60'000);
  BOOST_TEST(woken == 1);
  BOOST_TEST(message.to == "+15551230001");
  BOOST_TEST(message.body == "Ada: " + sent.code());
  BOOST_TEST(message.locale == "de");
  BOOST_TEST(message.request_id == "request");
  BOOST_TEST(message.id.size() == 36U);
  BOOST_TEST(message.secret);
  BOOST_TEST_REQUIRE(message.attributes.size() == 2U);
  BOOST_TEST(message.attributes[0].first == "code");
  BOOST_TEST(message.attributes[1].first == "userId");
  BOOST_TEST(message.attributes[1].second == user);
  BOOST_TEST(ended.empty());
  sent.end(MessageStage::sent);
  BOOST_TEST(ended.size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_message_type_carries_codes_where_the_tenant_names_one, Codes) {
  const std::string type = "00000000-0000-0000-0000-00000000000d";
  configure(R"({"multiFactorConfiguration":{"sms":{"enabled":true,"messageTypeId":")" + type + R"(","messengerId":")" +
            messenger + R"(","templateId":")" + text_template + R"("}}})");
  const Handed sent = begin(start().two_factor_id);
  BOOST_TEST(sent.submission.message_type_id == type);
  BOOST_TEST(sent.submission.messenger_id == "");
  configure(R"({"multiFactorConfiguration":{"sms":{"enabled":true,"messageTypeId":")" + type + R"(","templateId":")" +
            text_template + R"("}}})");
  BOOST_TEST(begin(start().two_factor_id).submission.message_type_id == type);
}

BOOST_FIXTURE_TEST_CASE(the_caller_is_answered_when_the_store_fails_meanwhile, Codes) {
  const Handed sent = begin(start().two_factor_id);
  tamper(options(), "CREATE TRIGGER failing BEFORE UPDATE ON challenge BEGIN SELECT RAISE(ABORT, 'no'); END");
  BOOST_CHECK_THROW(sent.end(MessageStage::failed), messenger::host::StoreError);  // for the dispatcher's log
  BOOST_TEST_REQUIRE(ended.size() == 1U);
  BOOST_TEST((ended.back().status == Sent::rejected));
}

BOOST_FIXTURE_TEST_CASE(the_method_says_where_to, Codes) {
  const auto started = start();
  BOOST_TEST(begin(started.two_factor_id, "two").message().to == "555-123-0002");
  BOOST_TEST(begin(started.two_factor_id, "one").message().to == "+15551230001");
  BOOST_TEST(begin(started.two_factor_id).message().to == "+15551230001");
  BOOST_TEST((send(started.two_factor_id, {MessageStage::sent}, "three") == Sent::no_method));
  put(Kind::user, user, R"({"username":"ada","mobilePhone":"+15551230001"})", "ada");
  BOOST_TEST((send(started.two_factor_id) == Sent::no_method));
}

BOOST_FIXTURE_TEST_CASE(the_text_is_in_the_users_language_with_its_values_as_they_are, Codes) {
  put(Kind::user, user, R"({"username":"ada","firstName":"${code}","preferredLanguages":["de"],"twoFactor":{"methods":
      [{"id":"one","method":"sms","mobilePhone":"+15551230001"}]}})",
      "ada");
  const auto started = start();
  const Handed german = begin(started.two_factor_id);
  BOOST_TEST(german.message().body == "${code}: " + german.code());
  put(Kind::user, user, R"({"username":"ada","twoFactor":{"methods":
      [{"id":"one","method":"sms","mobilePhone":"+15551230001"}]}})",
      "ada");
  const Handed plain = begin(started.two_factor_id);
  BOOST_TEST(plain.message().body == "Code: " + plain.code());
  BOOST_TEST(plain.message().locale == "");
}

BOOST_FIXTURE_TEST_CASE(a_send_voids_every_code_before_it, Codes) {
  const auto started = start();
  const std::string first = begin(started.two_factor_id).code();
  const std::string second = begin(started.two_factor_id, "two").code();
  for (const std::string& code : {started.code, first}) {
    if (code != second) {
      BOOST_TEST((login(started.two_factor_id, code) == Login::wrong_code));
    }
  }
  BOOST_TEST((login(started.two_factor_id, second) == Login::ok));
}

BOOST_FIXTURE_TEST_CASE(what_may_have_arrived_or_still_may_counts_as_sent_and_its_code_is_good, Codes) {
  for (const MessageStage stage : {MessageStage::sent, MessageStage::delivered, MessageStage::unknown,
                                   MessageStage::leased, MessageStage::queued}) {
    const auto started = start();
    BOOST_TEST((send(started.two_factor_id, {stage}) == Sent::sent));
    BOOST_TEST((login(started.two_factor_id, handed.back().code()) == Login::ok));
  }
  BOOST_TEST(cancelled.empty());
}

BOOST_FIXTURE_TEST_CASE(a_code_that_is_certainly_not_sent_is_void_until_the_next_send, Codes) {
  for (const MessageStage stage :
       {MessageStage::failed, MessageStage::undelivered, MessageStage::expired, MessageStage::cancelled}) {
    const auto started = start();
    const bool refused = stage == MessageStage::failed || stage == MessageStage::undelivered;
    BOOST_TEST((send(started.two_factor_id, {stage}) == (refused ? Sent::rejected : Sent::not_sent)));
    BOOST_TEST((login(started.two_factor_id, handed.back().code()) == Login::wrong_code));
    BOOST_TEST((login(started.two_factor_id, started.code) == Login::wrong_code));
    BOOST_TEST((login(started.two_factor_id, "") == Login::wrong_code));
    BOOST_TEST((send(started.two_factor_id) == Sent::sent));
    BOOST_TEST((login(started.two_factor_id, handed.back().code()) == Login::ok));
  }
}

BOOST_FIXTURE_TEST_CASE(nobody_waits_for_a_messenger_that_has_to_be_mended, Codes) {
  const auto started = start();
  BOOST_TEST((send(started.two_factor_id, {MessageStage::queued, "", true}) == Sent::not_sent));
  BOOST_TEST((cancelled == std::vector{handed.back().message().id}));
  BOOST_TEST((login(started.two_factor_id, handed.back().code()) == Login::wrong_code));
}

BOOST_FIXTURE_TEST_CASE(a_message_that_the_outbox_refuses_leaves_nothing_behind, Codes) {
  const auto started = start();
  refusal.issues = {{"/messengerId", "invalid", "There is no such messenger."}};
  BOOST_TEST((send(started.two_factor_id) == Sent::not_configured));
  BOOST_TEST(handed.empty());
  BOOST_TEST(woken == 0);
  BOOST_TEST((login(started.two_factor_id, started.code) == Login::ok));
}

BOOST_FIXTURE_TEST_CASE(a_send_that_fails_late_does_not_void_the_code_of_a_later_one, Codes) {
  const auto started = start();
  const Handed slow = begin(started.two_factor_id);
  const Handed later = begin(started.two_factor_id);
  later.end(MessageStage::sent);
  slow.end(MessageStage::expired);
  BOOST_TEST((login(started.two_factor_id, later.code()) == Login::ok));
}

BOOST_FIXTURE_TEST_CASE(a_send_may_end_when_the_login_is_over, Codes) {
  const auto started = start();
  const Handed sent = begin(started.two_factor_id);
  BOOST_TEST((login(started.two_factor_id, sent.code()) == Login::ok));
  sent.end(MessageStage::expired);
  BOOST_TEST((ended.back().status == Sent::not_sent));
}

BOOST_FIXTURE_TEST_CASE(a_login_sends_five_messages_at_most_whatever_becomes_of_them, Codes) {
  const auto started = start();
  for (int i = 0; i < messenger::host::OneTimeCodes::most_sends; ++i) {
    const MessageStage stage = i == 0 ? MessageStage::expired : MessageStage::sent;
    BOOST_TEST((send(started.two_factor_id, {stage}) == Sent::sent) == (i != 0));
  }
  BOOST_TEST((send(started.two_factor_id) == Sent::too_many));
  BOOST_TEST(handed.size() == 5U);
  BOOST_TEST((login(started.two_factor_id, handed.back().code()) == Login::ok));
}

BOOST_FIXTURE_TEST_CASE(a_code_for_a_number_has_its_whole_life_however_late_it_is_sent, Codes) {
  BOOST_TEST((send_to_number("id") == Sent::sent));
  BOOST_TEST((login("id", "wrong") == Login::wrong_code));
  advance_seconds(290);
  BOOST_TEST((send_to_number("id") == Sent::sent));
  BOOST_TEST(handed.back().submission.expires == now + 60'000);
  advance_seconds(59);
  BOOST_TEST((login("id", handed.back().code()) == Login::ok));
}

BOOST_FIXTURE_TEST_CASE(a_resend_to_a_number_keeps_the_sends_and_the_wrong_codes_counted, Codes) {
  for (int i = 0; i < messenger::host::OneTimeCodes::most_sends; ++i) {
    BOOST_TEST((send_to_number("id") == Sent::sent));
    advance_seconds(200);
  }
  BOOST_TEST((send_to_number("id") == Sent::too_many));
  for (int i = 0; i < 5; ++i) {
    BOOST_TEST((send_to_number("other") == Sent::sent));
    BOOST_TEST((login("other", "wrong") == Login::wrong_code));
  }
  BOOST_TEST((send_to_number("other") == Sent::too_many));
  BOOST_TEST((login("other", handed.back().code()) == Login::gone));
}

BOOST_FIXTURE_TEST_CASE(the_setting_that_is_missing_is_named_and_the_code_stays_good, Codes) {
  const auto started = start();
  const auto missing = [&](const std::string& sms) {
    configure(R"({"multiFactorConfiguration":{"sms":)" + sms + "}}");
    BOOST_TEST((send(started.two_factor_id) == Sent::not_configured));
    return ended.back().setting;
  };
  BOOST_TEST(missing(R"({"enabled":false})") == "tenant.multiFactorConfiguration.sms.enabled");
  BOOST_TEST(missing(R"({"enabled":true})") == "tenant.multiFactorConfiguration.sms.messengerId");
  BOOST_TEST(missing(R"({"enabled":true,"messengerId":")" + messenger + "\"}") ==
             "tenant.multiFactorConfiguration.sms.templateId");
  BOOST_TEST((login(started.two_factor_id, started.code) == Login::ok));
}
