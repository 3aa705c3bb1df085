// SPDX-License-Identifier: Apache-2.0
// One send: what the plugin gets, what is refused before it, and deadlines.
#include <boost/test/unit_test.hpp>
#include <set>

#include "loader_support.hpp"

using namespace loader_test;
using loader::Outcome;
using loader::Result;

namespace {

std::string text(msgr_str value) {
  return value.ptr == nullptr ? "absent" : std::string(value.ptr, value.len);
}

std::int64_t ns(std::chrono::steady_clock::time_point time) {
  return time.time_since_epoch() / 1ns;
}

Result send_and_wait(Stage& stage, const loader::Message& message, const loader::SendOptions& options = {}) {
  return stage.registry.send("m", message, options);
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_plugin_in_plain_c_answers_the_blocking_form) {
  Stage stage("Echo");
  const loader::Attribute attributes[] = {{"MediaUrl", "a"}, {"MediaUrl", ""}};
  const Result result =
      send_and_wait(stage, {.to = "+1555", .body = "Grüße", .attributes = attributes}, {.idempotency_key = "key-1"});
  BOOST_TEST((result.outcome == Outcome::ok));
  BOOST_TEST(result.http_status == 202u);
  BOOST_TEST(result.provider_id == "+1555");
  BOOST_TEST(result.provider_code == "key-1");
  BOOST_TEST(result.detail == "Grüße");
  BOOST_TEST((result.retry_after == 2ms));
}

BOOST_AUTO_TEST_CASE(the_op_and_message_live_until_completion_and_are_copies) {
  Stage stage;
  Held held;
  stage.strings.on_send = held.keep();
  const auto before = std::chrono::steady_clock::now();
  const auto expires = before + 1h;
  {
    std::string to = "+1555", body = "text", name = "a", value = "1";
    const loader::Attribute attributes[] = {{name, value}, {"empty", ""}};
    stage.registry.send(
        "m", {.to = to, .body = body, .locale = "de", .attributes = attributes, .expires = expires, .secret = true},
        {.timeout = 10s, .attempt = 3, .idempotency_key = "k", .traceparent = "t"}, stage.answers.completion());
    for (std::string* gone : {&to, &body, &name, &value}) std::fill(gone->begin(), gone->end(), '?');
  }
  const auto after = std::chrono::steady_clock::now();
  BOOST_REQUIRE_EQUAL(held.ops.size(), 1u);
  const msgr_op& op = *held.ops[0].op;
  const msgr_message& message = *held.ops[0].message;
  BOOST_TEST(op.size == sizeof(msgr_op));
  BOOST_TEST(op.attempt == 3u);
  BOOST_TEST(op.ticket != 0u);
  BOOST_TEST(text(op.idempotency_key) == "k");
  BOOST_TEST(text(op.traceparent) == "t");
  const auto deadline = static_cast<std::int64_t>(op.deadline_ns);
  BOOST_TEST(deadline >= ns(before + 9900ms));
  BOOST_TEST(deadline <= ns(after + 10s - 50ms));
  BOOST_TEST(message.size == sizeof(msgr_message));
  BOOST_TEST(message.flags == MSGR_SECRET);
  BOOST_TEST(static_cast<std::int64_t>(message.expires_ns) == ns(expires));
  BOOST_TEST(text(message.kind) == "SMS");
  BOOST_TEST(text(message.to) == "+1555");
  BOOST_TEST(text(message.from) == "absent");
  BOOST_TEST(text(message.body) == "text");
  BOOST_TEST(text(message.locale) == "de");
  BOOST_REQUIRE_EQUAL(message.attribute_count, 2u);
  BOOST_TEST(text(message.attributes[0].name) == "a");
  BOOST_TEST(text(message.attributes[0].value) == "1");
  BOOST_TEST(text(message.attributes[1].value) == "");
  held.complete(0);
  BOOST_TEST(stage.answers.wait(1).size() == 1u);
}

BOOST_AUTO_TEST_CASE(text_that_is_not_utf8_is_rejected_by_name) {
  Stage stage;
  const std::string bad = "a\xC3";
  const loader::Attribute attributes[] = {{"fine", "fine"}, {"bad", bad}};
  BOOST_TEST(send_and_wait(stage, {.to = bad, .body = ""}).detail == "to is not valid UTF-8");
  BOOST_TEST(send_and_wait(stage, {.to = "", .from = bad}).detail == "from is not valid UTF-8");
  BOOST_TEST(send_and_wait(stage, {.to = "", .body = bad}).detail == "body is not valid UTF-8");
  BOOST_TEST(send_and_wait(stage, {.to = "", .attributes = attributes}).detail == "attribute 1 is not valid UTF-8");
  const Result result = send_and_wait(stage, hello, {.traceparent = bad});
  BOOST_TEST(result.detail == "traceparent is not valid UTF-8");
  BOOST_TEST((result.outcome == Outcome::rejected));
}

BOOST_AUTO_TEST_CASE(a_messenger_that_does_not_exist_is_config) {
  Stage stage;
  const Result result = stage.registry.send("nobody", hello);
  BOOST_TEST((result.outcome == Outcome::config));
  BOOST_TEST(result.detail == "there is no messenger \"nobody\"");
  BOOST_TEST(stage.registry.send("nobody", hello, {}, {}) == 0u);
}

BOOST_AUTO_TEST_CASE(what_is_too_late_is_deadline) {
  Stage stage;
  loader::Message message = hello;
  message.expires = std::chrono::steady_clock::now() - 1ms;
  BOOST_TEST((send_and_wait(stage, message).outcome == Outcome::deadline));
  BOOST_TEST((send_and_wait(stage, hello, {.timeout = 0ms}).outcome == Outcome::deadline));
  BOOST_TEST((send_and_wait(stage, hello, {.timeout = -5s}).outcome == Outcome::deadline));
  BOOST_TEST((send_and_wait(stage, hello, {.timeout = std::chrono::milliseconds::max()}).outcome == Outcome::ok));
}

BOOST_AUTO_TEST_CASE(the_limit_in_flight_is_retry_and_its_end_makes_room) {
  Stage stage("Puppet", 3);
  Held held;
  stage.strings.on_send = held.keep();
  for (int i = 0; i != 3; ++i) stage.registry.send("m", hello, {}, stage.answers.completion());
  BOOST_TEST(stage.registry.messengers().at(0).in_flight == 3u);
  Answers refused;
  BOOST_TEST(stage.registry.send("m", hello, {}, refused.completion()) == 0u);
  BOOST_TEST((refused.wait(1).at(0).outcome == Outcome::retry));
  BOOST_TEST(refused.wait(1).at(0).detail.starts_with("busy"));
  BOOST_TEST(refused.wait(1).at(0).provider_code.empty());
  held.complete(1);
  BOOST_TEST(stage.registry.send("m", hello, {}, stage.answers.completion()) != 0u);
  for (const std::size_t index : {0U, 2U, 3U}) held.complete(index);
  BOOST_TEST(stage.answers.wait(4).size() == 4u);
}

BOOST_AUTO_TEST_CASE(tickets_are_never_used_twice) {
  Stage stage("Puppet", 2);
  std::set<std::uint64_t> tickets;
  for (int i = 0; i != 1000; ++i) tickets.insert(stage.registry.send("m", hello, {}, {}));
  BOOST_TEST(tickets.size() == 1000u);
  BOOST_TEST(!tickets.contains(0));
}

BOOST_AUTO_TEST_CASE(a_silent_plugin_is_answered_for_at_the_deadline) {
  Stage stage("NeverCompletes");
  const auto before = std::chrono::steady_clock::now();
  const Result result = send_and_wait(stage, hello, {.timeout = 100ms});
  const auto took = std::chrono::steady_clock::now() - before;
  BOOST_TEST((result.outcome == Outcome::unknown));
  BOOST_TEST(result.detail == "the plugin did not answer by the deadline");
  BOOST_TEST((took >= 100ms));
  BOOST_TEST((took < 2s));
  BOOST_TEST(stage.registry.stats().deadline_answers == 1u);
  BOOST_TEST(soon([&] { return stage.log.has("m: the plugin did not answer by the deadline, ticket "); }));
}

BOOST_AUTO_TEST_CASE(deadlines_are_kept_in_any_order) {
  Stage stage("NeverCompletes");
  std::mutex mutex;
  std::vector<int> order;
  for (const int timeout : {1100, 500, 800, 200}) {
    stage.registry.send("m", hello, {.timeout = std::chrono::milliseconds(timeout)}, [&, timeout](const Result&) {
      const std::lock_guard lock(mutex);
      order.push_back(timeout);
    });
  }
  BOOST_TEST(soon([&] {
    const std::lock_guard lock(mutex);
    return order.size() == 4;
  }));
  BOOST_TEST(order == (std::vector<int>{200, 500, 800, 1100}));
}

BOOST_AUTO_TEST_CASE(a_message_ends_with_its_expiry) {
  Stage stage("NeverCompletes");
  loader::Message message = hello;
  message.expires = std::chrono::steady_clock::now() + 50ms;
  const Result result = send_and_wait(stage, message);
  BOOST_TEST((result.outcome == Outcome::unknown));
  BOOST_TEST((std::chrono::steady_clock::now() < *message.expires + 2s));
}

BOOST_AUTO_TEST_CASE(cancel_reaches_the_plugin_by_ticket) {
  Stage stage;
  Held held;
  stage.strings.on_send = held.keep();
  stage.strings.on_cancel = [](const msgr_host* host, std::uint64_t ticket) {
    host->complete(host, ticket, MSGR_CANCELLED, nullptr);
  };
  const std::uint64_t ticket = stage.registry.send("m", hello, {}, stage.answers.completion());
  BOOST_TEST(!stage.registry.cancel(0));
  BOOST_TEST(!stage.registry.cancel(ticket + 1));
  BOOST_TEST(stage.registry.cancel(ticket));
  BOOST_TEST((stage.answers.wait(1).at(0).outcome == Outcome::cancelled));
  BOOST_TEST(!stage.registry.cancel(ticket));
}

BOOST_AUTO_TEST_CASE(a_plugin_without_cancel_cannot_be_told) {
  Stage stage("NeverCompletes");
  const std::uint64_t ticket = stage.registry.send("m", hello, {.timeout = 50ms}, stage.answers.completion());
  BOOST_TEST(!stage.registry.cancel(ticket));
  BOOST_TEST(stage.answers.wait(1).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_secret_message_is_wiped_when_its_slot_is_freed) {
  Stage stage("Puppet", 1);
  Held held;
  stage.strings.on_send = held.keep();
  loader::Message message = hello;
  message.body = "code 123456";
  message.secret = true;
  stage.registry.send("m", message, {}, {});
  const msgr_str body = held.ops.at(0).message->body;
  held.complete(0);
  // The slot's buffer is kept for the next op, so it can be looked at.
  BOOST_TEST(std::string(body.ptr, body.len) == std::string(message.body.size(), '\0'));
}

BOOST_AUTO_TEST_CASE(a_plugins_log_lines_carry_the_messengers_id) {
  Stage stage;
  stage.strings.on_send = [](const msgr_host* host, const msgr_op* op, const msgr_message*) {
    host->log(host, 77, {"bad\xff", 4});
    host->complete(host, op->ticket, MSGR_OK, nullptr);
  };
  send_and_wait(stage, hello);
  BOOST_TEST(stage.log.has("m: bad\xEF\xBF\xBD"));
}
