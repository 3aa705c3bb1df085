// SPDX-License-Identifier: Apache-2.0
// What the outbox keeps, and how attempts change it.
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "outbox_store.hpp"
#include "tamper.hpp"

using namespace messenger::host;
using namespace messenger::test;

using Stage = MessageStage;

BOOST_AUTO_TEST_CASE(every_stage_and_priority_has_a_name) {
  for (int number = 0; number <= static_cast<int>(Stage::cancelled); ++number) {
    const auto stage = static_cast<Stage>(number);
    BOOST_TEST((stage_of(to_string(stage)) == stage), number);
    BOOST_TEST(is_settled(stage) == (stage != Stage::queued && stage != Stage::leased), number);
  }
  for (const auto priority : {Priority::code, Priority::notice, Priority::bulk}) {
    BOOST_TEST((priority_of(to_string(priority)) == priority));
  }
  BOOST_TEST(!stage_of("Queued"));
  BOOST_TEST(!priority_of(""));
}

BOOST_FIXTURE_TEST_CASE(a_message_is_found_as_it_was_added, OutboxStore) {
  auto wanted = secret_message("1");
  wanted.tenant_id = "tenant";
  wanted.route = "messageType/t";
  wanted.priority = Priority::code;
  wanted.content = "";
  const auto before = now_ms();
  const auto added = add(wanted);
  BOOST_TEST(added.id == "1");
  BOOST_TEST(added.is_new);
  const auto found = find("1");
  BOOST_TEST(found.id == "1");
  BOOST_TEST(found.tenant_id == "tenant");
  BOOST_TEST(found.route == "messageType/t");
  BOOST_TEST((found.priority == Priority::code));
  BOOST_TEST((found.stage == Stage::queued));
  BOOST_TEST(found.envelope == wanted.envelope);
  BOOST_TEST(found.content.empty());
  BOOST_TEST(found.secret);
  BOOST_TEST(found.due == 100);
  BOOST_TEST(found.expires == 1'000);
  BOOST_TEST(found.attempts == 0);
  BOOST_TEST(!found.cancel_requested);
  BOOST_TEST(found.insert_instant >= before);
  BOOST_TEST(history("1") == "queued 0 Accepted.\n");
  add(message("2"));
  BOOST_TEST(find("2").content == message("2").content);
  BOOST_TEST(find("2").ordinal > found.ordinal);
  BOOST_TEST(!outbox([](Outbox& all) { return all.find("3"); }));
}

BOOST_FIXTURE_TEST_CASE(a_message_that_does_not_open_is_given_without_its_content_and_holds_up_no_other, OutboxStore) {
  for (const auto* const id : {"1", "2", "3", "4"}) {
    add(message(id));
  }
  tamper(options(), "UPDATE message SET envelope = (SELECT envelope FROM message WHERE id = '4') WHERE id = '1'");
  tamper(options(), "UPDATE message SET content = 'no base64' WHERE id = '2'");
  tamper(options(), "UPDATE message SET progress = 'AAAA' WHERE id = '3'");
  const auto check = [](std::vector<OutboxMessage> messages) {
    std::sort(messages.begin(), messages.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    BOOST_TEST(ids(messages) == "1 2 3 4");
    for (const OutboxMessage& each : messages) {
      BOOST_TEST(each.is_readable == (each.id == "4"), each.id);
      BOOST_TEST(each.envelope.empty() != each.is_readable);
      BOOST_TEST(each.content.empty() != each.is_readable);
      BOOST_TEST(each.progress.empty());
    }
  };
  check({find("1"), find("2"), find("3"), find("4")});
  MessageSearch search;
  search.ascending = true;
  check(outbox([&](Outbox& all) { return all.search(search); }).messages);
  check(lease(100));
  outbox([](Outbox& all) { return all.end_leases(500, 9); });
  check(outbox([](Outbox& all) { return all.take_looks(500, 9, 600); }));
  BOOST_TEST(record(update("1", 1, Stage::failed)));
  BOOST_TEST(stage("1") == "failed");
}

BOOST_FIXTURE_TEST_CASE(one_idempotency_key_is_one_message_within_its_tenant, OutboxStore) {
  auto wanted = message("1");
  wanted.idempotency_key = "key";
  wanted.request_digest = "request";
  BOOST_TEST(add(wanted).is_new);
  wanted.id = "2";
  const auto again = add(wanted);
  BOOST_TEST(again.id == "1");
  BOOST_TEST(!again.is_new);
  BOOST_TEST(again.is_same_request);
  wanted.request_digest = "another";
  BOOST_TEST(!add(wanted).is_same_request);
  wanted.tenant_id = "tenant";
  BOOST_TEST(add(wanted).id == "2");
  BOOST_TEST(history("1") == "queued 0 Accepted.\n");
  // Without a key it is the id that tells.
  auto repeated = message("2");
  repeated.request_digest = "another";
  BOOST_TEST(!add(repeated).is_new);
  BOOST_TEST(add(repeated).is_same_request);
  BOOST_TEST(add(message("3")).is_new);
  BOOST_TEST(add(message("4")).is_new);
}

BOOST_FIXTURE_TEST_CASE(lanes_are_in_order_of_priority_each_with_its_first_due_time, OutboxStore) {
  BOOST_TEST(outbox([](Outbox& all) { return all.lanes(); }).empty());
  for (const auto& [id, tenant, route, priority, due] : {std::tuple("1", "b", "messenger/m", Priority::bulk, 5),
                                                         std::tuple("2", "b", "messenger/m", Priority::code, 900),
                                                         std::tuple("3", "b", "messenger/m", Priority::code, 800),
                                                         std::tuple("4", "a", "messageType/t", Priority::notice, 7),
                                                         std::tuple("5", "", "messenger/m", Priority::notice, 6)}) {
    auto wanted = message(id, route);
    wanted.tenant_id = tenant;
    wanted.priority = priority;
    wanted.due = due;
    add(wanted);
  }
  const auto lanes = outbox([](Outbox& all) { return all.lanes(); });
  std::string text;
  for (const LaneHead& head : lanes) {
    text.append(to_string(head.priority)).append(" " + head.tenant_id + " " + head.route + " ");
    text.append(std::to_string(head.due)) += '\n';
  }
  BOOST_TEST(text == "code b messenger/m 800\nnotice a messageType/t 7\nnotice  messenger/m 6\nbulk b messenger/m 5\n");
  const auto leased = outbox([&](Outbox& all) { return all.lease(lanes[0].lane, 1, 850, {"h", 900}); });
  BOOST_TEST(leased.at(0).message.id == "3");
  BOOST_TEST(outbox([](Outbox& all) { return all.lanes(); }).at(0).due == 900);
}

BOOST_FIXTURE_TEST_CASE(a_lease_begins_attempts_oldest_due_time_first, OutboxStore) {
  for (const auto& [id, due] : {std::pair("1", 50), std::pair("2", 40), std::pair("3", 50), std::pair("4", 60)}) {
    auto wanted = message(id);
    wanted.due = due;
    add(wanted);
  }
  BOOST_TEST(lease(39).empty());
  const auto leased = lease(59, {"holder", 500}, 2);
  BOOST_TEST(ids(leased) == "2 1");
  for (const OutboxMessage& each : leased) {
    BOOST_TEST((each.stage == Stage::leased));
    BOOST_TEST(each.attempts == 1);
    BOOST_TEST(each.lease_until == 500);
    BOOST_TEST(each.messenger_id == "m");
    BOOST_TEST(each.content == message(each.id).content);
    BOOST_TEST(history(each.id) == "queued 0 Accepted.\nleased 1 An attempt begins.\n");
  }
  BOOST_TEST(ids(lease(59, {"another", 500})) == "3");
  BOOST_TEST(history("2") == "queued 0 Accepted.\nleased 1 An attempt begins.\n");
  BOOST_TEST(lease(59).empty());
  BOOST_TEST(stage("4") == "queued");
}

BOOST_FIXTURE_TEST_CASE(a_message_past_its_lifetime_is_never_leased, OutboxStore) {
  add(message("1"));
  BOOST_TEST(lease(1'000).empty());
  BOOST_TEST(ids(lease(999)) == "1");
}

BOOST_FIXTURE_TEST_CASE(what_became_of_an_attempt_is_recorded_once, OutboxStore) {
  add(message("1"));
  BOOST_TEST(!record(update("1", 0, Stage::sent)));
  lease(100);
  auto sent = update("1", 1, Stage::sent);
  sent.provider_id = "provider's";
  sent.progress = R"({"tried":["m"]})";
  BOOST_TEST(record(sent));
  BOOST_TEST(!record(sent));
  const auto found = find("1");
  BOOST_TEST((found.stage == Stage::sent));
  BOOST_TEST(found.reason == "A reason.");
  BOOST_TEST(found.provider_id == "provider's");
  BOOST_TEST(found.progress == sent.progress);
  BOOST_TEST(found.content == message("1").content);
  BOOST_TEST(found.lease_until == 0);
  BOOST_TEST(found.last_update_instant == 200);
  const auto changes = outbox([](Outbox& all) { return all.history("1"); });
  BOOST_TEST_REQUIRE(changes.size() == 3U);
  BOOST_TEST(changes[2].instant == 200);
  BOOST_TEST(changes[2].messenger_id == "m");
  BOOST_TEST(changes[2].outcome == "OUTCOME");
}

BOOST_FIXTURE_TEST_CASE(the_next_attempt_makes_the_answer_of_the_one_before_worthless, OutboxStore) {
  add(message("1"));
  lease(100);
  auto again = update("1", 1, Stage::queued);
  again.due = 300;
  BOOST_TEST(record(again));
  BOOST_TEST(lease(299).empty());
  BOOST_TEST(lease(300).at(0).attempts == 2);
  BOOST_TEST(!record(update("1", 1, Stage::sent)));
  BOOST_TEST(stage("1") == "leased");
  BOOST_TEST(record(update("1", 2, Stage::failed)));
  BOOST_TEST(history("1") ==
             "queued 0 Accepted.\nleased 1 An attempt begins.\nqueued 1 A reason.\nleased 2 An attempt begins.\n"
             "failed 2 A reason.\n");
}

BOOST_FIXTURE_TEST_CASE(a_lease_that_ends_makes_its_message_unknown_and_a_late_answer_still_counts, OutboxStore) {
  add(message("1"));
  add(message("2"));
  lease(100);
  BOOST_TEST(outbox([](Outbox& all) { return all.end_leases(499, 9); }).empty());
  BOOST_TEST(outbox([](Outbox& all) { return all.times(); }).lease_end == 500);
  BOOST_TEST(outbox([](Outbox& all) { return all.end_leases(500, 9); }).size() == 2U);
  BOOST_TEST(outbox([](Outbox& all) { return all.end_leases(500, 9); }).empty());
  const auto found = find("1");
  BOOST_TEST((found.stage == Stage::unknown));
  BOOST_TEST(found.due == 500);
  BOOST_TEST(found.messenger_id == "m");
  BOOST_TEST(lease(900).empty());
  BOOST_TEST(record(update("1", 1, Stage::sent)));
  BOOST_TEST(stage("1") == "sent");
  BOOST_TEST(contains(history("1"), "unknown 1 Its lease ended"));
  BOOST_TEST(outbox([](Outbox& all) { return all.changed_to(Stage::unknown, 500); }) == 2);
  BOOST_TEST(outbox([](Outbox& all) { return all.changed_to(Stage::unknown, 501); }) == 0);
}

BOOST_FIXTURE_TEST_CASE(a_message_in_doubt_that_a_late_answer_leaves_so_has_become_so_once, OutboxStore) {
  for (const auto* const id : {"1", "2", "3"}) {
    add(message(id));
  }
  lease(100, {"holder", 500}, 2);
  outbox([](Outbox& all) { return all.end_leases(500, 9); });
  lease(100, {"another", 900});
  const std::vector<MessageUpdate> updates{update("1", 1, Stage::unknown), update("2", 2, Stage::unknown),
                                           update("3", 1, Stage::unknown), update("3", 1, Stage::unknown)};
  BOOST_TEST((outbox([&](Outbox& all) { return all.record(updates); }) == std::vector{true, false, true, true}));
  BOOST_TEST(history("1").ends_with("unknown 1 A reason.\n"));
  BOOST_TEST(outbox([](Outbox& all) { return all.changed_to(Stage::unknown, 500); }) == 2);
  BOOST_TEST(outbox([](Outbox& all) { return all.changed_to(Stage::unknown, 0); }) == 3);
}

BOOST_FIXTURE_TEST_CASE(whose_attempt_is_not_in_the_route_is_named_while_it_is_leased, OutboxStore) {
  add(message("1", "messageType/t"));
  const auto of_type = outbox([](Outbox& all) { return all.lease("1||messageType/t", 1, 100, {"h", 500}); });
  BOOST_TEST(of_type.at(0).message.messenger_id.empty());
  BOOST_TEST(outbox([](Outbox& all) { return all.assign("1", 1, "n"); }));
  BOOST_TEST(!outbox([](Outbox& all) { return all.assign("1", 2, "o"); }));
  outbox([](Outbox& all) { return all.end_leases(500, 9); });
  BOOST_TEST(!outbox([](Outbox& all) { return all.assign("1", 1, "o"); }));
  BOOST_TEST(find("1").messenger_id == "n");
  BOOST_TEST(outbox([](Outbox& all) { return all.history("1"); }).back().messenger_id == "n");
}

BOOST_FIXTURE_TEST_CASE(what_was_leased_and_not_begun_is_given_back, OutboxStore) {
  for (const auto* const id : {"1", "2", "3"}) {
    add(message(id));
  }
  BOOST_TEST(ids(lease(100, {"mine", 500}, 2)) == "1 2");
  lease(100, {"another's", 500});
  BOOST_TEST(cancel("2") == "leased");
  store.transact([](Transaction& transaction) { transaction.outbox.release("mine", 150); }, Sharing::rows);
  const auto found = find("1");
  BOOST_TEST((found.stage == Stage::queued));
  BOOST_TEST(found.attempts == 0);
  BOOST_TEST(found.due == 100);
  BOOST_TEST(stage("2") == "cancelled");
  BOOST_TEST(stage("3") == "leased");
  BOOST_TEST(contains(history("1"), "queued 1 Given back"));
  BOOST_TEST(lease(150).at(0).attempts == 1);
}

BOOST_FIXTURE_TEST_CASE(what_was_not_begun_is_given_back_after_its_lease_has_ended_unless_it_was_looked_for,
                        OutboxStore) {
  const auto release = [&] {
    store.transact([](Transaction& transaction) { transaction.outbox.release("mine", 600); }, Sharing::rows);
  };
  for (const auto* const id : {"1", "2", "3"}) {
    add(message(id));
  }
  lease(100, {"mine", 500}, 2);
  lease(100, {"another's", 500});
  outbox([](Outbox& all) { return all.end_leases(500, 9); });
  BOOST_TEST(cancel("2") == "unknown");
  release();
  BOOST_TEST(stage("1") == "queued");
  BOOST_TEST(find("1").attempts == 0);
  BOOST_TEST(stage("2") == "cancelled");
  BOOST_TEST(stage("3") == "unknown");
  BOOST_TEST(contains(history("1"), "unknown 1 Its lease ended"));
  BOOST_TEST(contains(history("1"), "queued 1 Given back"));
  BOOST_TEST(ids(lease(600, {"mine", 700})) == "1");
  outbox([](Outbox& all) { return all.end_leases(700, 9); });
  outbox([](Outbox& all) { return all.take_looks(700, 9, 800); });
  release();
  BOOST_TEST(stage("1") == "unknown");
}

BOOST_FIXTURE_TEST_CASE(receipts_and_looks_change_only_what_is_where_they_say, OutboxStore) {
  add(message("1"));
  lease(100);
  BOOST_TEST(!advance(update("1", 0, Stage::delivered), {Stage::sent}));
  BOOST_TEST(!advance(update("1", 0, Stage::delivered), {}));
  record(update("1", 1, Stage::sent));
  BOOST_TEST(advance(update("1", 0, Stage::delivered), {Stage::unknown, Stage::sent}));
  BOOST_TEST(!advance(update("1", 0, Stage::undelivered), {Stage::unknown, Stage::sent}));
  BOOST_TEST(stage("1") == "delivered");
}

BOOST_FIXTURE_TEST_CASE(a_message_is_found_by_its_providers_id, OutboxStore) {
  add(message("1"));
  add(message("2"));
  lease(100);
  auto sent = update("2", 1, Stage::sent);
  sent.provider_id = "p";
  record(sent);
  const auto by = [&](const char* messenger, const char* provider) {
    const auto found = outbox([&](Outbox& all) { return all.find_by_provider_id(messenger, provider); });
    return found ? found->id : "none";
  };
  BOOST_TEST(by("m", "p") == "2");
  BOOST_TEST(by("n", "p") == "none");
  BOOST_TEST(by("m", "") == "none");
}

BOOST_FIXTURE_TEST_CASE(a_queued_message_past_its_lifetime_expires_and_a_secret_one_is_wiped, OutboxStore) {
  add(secret_message("1"));
  add(message("2"));
  add(message("3"));
  lease(100, {"holder", 500}, 0);
  auto later = message("4");
  later.expires = 2'000;
  add(later);
  BOOST_TEST(outbox([](Outbox& all) { return all.times(); }).expiry == 1'000);
  BOOST_TEST(outbox([](Outbox& all) { return all.expire(999, 9); }).empty());
  BOOST_TEST(outbox([](Outbox& all) { return all.expire(1'000, 2); }).size() == 2U);
  BOOST_TEST(outbox([](Outbox& all) { return all.expire(1'000, 9); }).size() == 1U);
  BOOST_TEST(outbox([](Outbox& all) { return all.times(); }).expiry == 2'000);
  BOOST_TEST(find("1").content.empty());
  BOOST_TEST(!find("1").envelope.empty());
  BOOST_TEST(!find("2").content.empty());
  BOOST_TEST(stage("4") == "queued");
  BOOST_TEST(history("3") == "queued 0 Accepted.\nexpired 0 Its lifetime ended before it was sent.\n");
}

BOOST_FIXTURE_TEST_CASE(a_message_in_doubt_is_looked_for_when_it_is_due_and_again_if_the_looker_ends, OutboxStore) {
  add(message("1"));
  lease(100);
  auto doubt = update("1", 1, Stage::unknown);
  doubt.due = 700;
  record(doubt);
  const auto looks = [&](std::int64_t now) {
    return outbox([&](Outbox& all) { return all.take_looks(now, 9, now + 100); });
  };
  BOOST_TEST(outbox([](Outbox& all) { return all.times(); }).look == 700);
  BOOST_TEST(looks(699).empty());
  BOOST_TEST(looks(700).at(0).looks == 1);
  BOOST_TEST(looks(700).empty());
  BOOST_TEST(looks(800).at(0).looks == 2);
  auto end = update("1", 1, Stage::unknown);
  end.wipe = true;
  BOOST_TEST(advance(end, {Stage::unknown}));
  BOOST_TEST(outbox([](Outbox& all) { return all.times(); }).look == 0);
  BOOST_TEST(looks(9'000).empty());
  BOOST_TEST(find("1").content.empty());
}

BOOST_FIXTURE_TEST_CASE(a_look_for_one_attempt_says_nothing_of_the_next_which_has_looks_of_its_own, OutboxStore) {
  add(message("1"));
  lease(100);
  outbox([](Outbox& all) { return all.end_leases(500, 9); });
  outbox([](Outbox& all) { return all.take_looks(500, 9, 600); });
  BOOST_TEST(record(update("1", 1, Stage::queued)));
  BOOST_TEST(lease(600, {"holder", 700}).at(0).looks == 0);
  outbox([](Outbox& all) { return all.end_leases(700, 9); });
  BOOST_TEST(!advance(update("1", 1, Stage::unknown), {Stage::unknown}));
  BOOST_TEST(outbox([](Outbox& all) { return all.take_looks(700, 9, 800); }).at(0).looks == 1);
  BOOST_TEST(advance(update("1", 2, Stage::sent), {Stage::unknown}));
}

BOOST_FIXTURE_TEST_CASE(a_queued_message_is_cancelled_and_a_leased_one_once_it_would_be_queued, OutboxStore) {
  add(secret_message("1"));
  BOOST_TEST(cancel("1") == "cancelled");
  BOOST_TEST(cancel("1") == "cancelled");
  BOOST_TEST(cancel("9") == "none");
  BOOST_TEST(find("1").content.empty());
  BOOST_TEST(history("1") == "queued 0 Accepted.\ncancelled 0 The caller wants so.\n");
  add(secret_message("2"));
  add(secret_message("3"));
  lease(100);
  for (const auto* const id : {"2", "3"}) {
    BOOST_TEST(cancel(id) == "leased");
    BOOST_TEST(cancel(id) == "leased");
    BOOST_TEST(find(id).cancel_requested);
  }
  BOOST_TEST(record(update("2", 1, Stage::queued)));
  BOOST_TEST(stage("2") == "cancelled");
  BOOST_TEST(find("2").content.empty());
  BOOST_TEST(lease(900).empty());
  BOOST_TEST(contains(history("2"), "leased 1 The caller wants so.\nqueued 1 A reason.\ncancelled 0 Called off"));
  BOOST_TEST(record(update("3", 1, Stage::sent)));
  BOOST_TEST(stage("3") == "sent");
}

BOOST_FIXTURE_TEST_CASE(a_message_in_doubt_that_was_called_off_is_cancelled_once_it_was_certainly_not_sent,
                        OutboxStore) {
  add(secret_message("1"));
  lease(100);
  outbox([](Outbox& all) { return all.end_leases(500, 9); });
  BOOST_TEST(cancel("1") == "unknown");
  BOOST_TEST(cancel("1") == "unknown");
  BOOST_TEST(contains(history("1"), "unknown 1 The caller wants so.\n"));
  BOOST_TEST(record(update("1", 1, Stage::queued)));
  BOOST_TEST(stage("1") == "cancelled");
  BOOST_TEST(find("1").content.empty());
}
