// SPDX-License-Identifier: Apache-2.0
#include "generic/request.hpp"

#include <boost/test/unit_test.hpp>

#include "support/fake_host.hpp"

using namespace messenger;
using messenger::test::RawMessage;
using messenger::test::TestMessage;

namespace {

std::string payload(const TestMessage& message) {
  const RawMessage raw(message);
  std::string out;
  generic::append_payload(out, Message(raw.raw()));
  BOOST_TEST(out.size() <= generic::payload_bound(Message(raw.raw())));
  return out;
}

SecretMap headers(std::initializer_list<std::string_view> names) {
  SecretMap map;
  for (const auto name : names) {
    map.emplace_back(std::string(name), Secret("x"));
  }
  return map;
}

test::Pairs of(const generic::OpHeaders& headers) {
  test::Pairs pairs;
  for (const auto& pair : headers.all()) {
    pairs.emplace_back(to_view(pair.name), to_view(pair.value));
  }
  return pairs;
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_payload_of_the_reference) {
  const TestMessage message{.to = "3035551212",
                            .body = "Two Factor Code: 012345",
                            .attributes = {{"userId", "00000000-0000-0000-0000-000000000042"}, {"code", "012345"}}};
  BOOST_TEST(payload(message) ==
             R"({"code":"012345","phoneNumber":"3035551212","textMessage":"Two Factor Code: 012345",)"
             R"("type":"SMS","userId":"00000000-0000-0000-0000-000000000042"})");
}

BOOST_AUTO_TEST_CASE(absent_members_are_left_out_and_text_is_escaped) {
  BOOST_TEST(payload({.to = "1", .body = "\"\\\n€\x01", .attributes = {{"MediaUrl", "x"}}}) ==
             "{\"phoneNumber\":\"1\",\"textMessage\":\"\\\"\\\\\\n€\\u0001\",\"type\":\"SMS\"}");
  BOOST_TEST(payload({.body = ""}) == R"({"phoneNumber":"+15005550010","textMessage":"","type":"SMS"})");
  const std::string worst(1000, '\x01');
  payload({.to = worst, .body = worst, .attributes = {{"code", worst}, {"userId", worst}}});
}

BOOST_AUTO_TEST_CASE(a_configured_header_replaces_ours) {
  const generic::OwnHeaders all(headers({"X-Other"}));
  BOOST_TEST((all.content_type && all.authorization && all.idempotency_key && all.traceparent));
  const generic::OwnHeaders none(headers({"CONTENT-type", "authorization", "idempotency-KEY", "TraceParent"}));
  BOOST_TEST((!none.content_type && !none.authorization && !none.idempotency_key && !none.traceparent));

  const test::TestOp op{.idempotency_key = "key", .traceparent = "trace"};
  const msgr_op raw = test::raw_op(op);
  BOOST_TEST(
      (of(generic::OpHeaders(all, Op(raw))) == test::Pairs{{"Idempotency-Key", "key"}, {"traceparent", "trace"}}));
  BOOST_TEST(of(generic::OpHeaders(none, Op(raw))).empty());
  const test::TestOp bare{};
  const msgr_op raw_bare = test::raw_op(bare);
  BOOST_TEST(of(generic::OpHeaders(all, Op(raw_bare))).empty());
}
