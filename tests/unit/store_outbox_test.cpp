// SPDX-License-Identifier: Apache-2.0
// The outbox, one caller at a time.
#include <boost/test/unit_test.hpp>

#include "outbox_store.hpp"

using namespace messenger::host;
using namespace messenger::test;

BOOST_FIXTURE_TEST_CASE(a_message_is_found_as_it_was_added, OutboxStore) {
  auto added = message("1");
  added.tenant_id = "tenant";
  added.priority = Priority::code;
  added.secret = true;
  const auto before = now_ms();
  BOOST_TEST(outbox([&](Outbox& all) { return all.add(added); }).is_new);
  const auto found = find("1");
  BOOST_TEST(found.id == "1");
  BOOST_TEST(found.tenant_id == "tenant");
  BOOST_TEST(found.route == "messenger/m");
  BOOST_TEST((found.priority == Priority::code));
  BOOST_TEST((found.stage == MessageStage::queued));
  BOOST_TEST(found.envelope == added.envelope);
  BOOST_TEST(found.content == added.content);
  BOOST_TEST(found.secret);
  BOOST_TEST(found.due == 100);
  BOOST_TEST(found.expires == 1'000);
  BOOST_TEST(found.attempts == 0);
  BOOST_TEST(found.insert_instant >= before);
  BOOST_TEST(history("1") == "queued 0 Accepted.\n");
  BOOST_TEST(!outbox([](Outbox& all) { return all.find("2"); }));
}

BOOST_FIXTURE_TEST_CASE(an_attempt_is_leased_and_recorded_once, OutboxStore) {
  add(message("1"));
  BOOST_TEST(lease(99).empty());
  const auto leased = lease(100);
  BOOST_TEST_REQUIRE(leased.size() == 1U);
  BOOST_TEST((leased[0].stage == MessageStage::leased));
  BOOST_TEST(leased[0].attempts == 1);
  BOOST_TEST(leased[0].messenger_id == "m");
  BOOST_TEST(lease(100).empty());
  BOOST_TEST(record("1", 1, MessageStage::sent));
  BOOST_TEST(!record("1", 1, MessageStage::sent));
  BOOST_TEST((find("1").stage == MessageStage::sent));
}
