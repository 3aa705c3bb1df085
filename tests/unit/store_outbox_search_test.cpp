// SPDX-License-Identifier: Apache-2.0
// What can be asked of the outbox, and what is removed from it.
#include <boost/test/unit_test.hpp>

#include "outbox_store.hpp"
#include "tamper.hpp"

using namespace messenger::host;
using namespace messenger::test;

using Stage = MessageStage;

namespace {

// Three messages: the first sent, the second cancelled, the third a bulk one of a tenant's, queued.
struct Three : OutboxStore {
  Three() {
    add(message("1"));
    lease(100);
    record(update("1", 1, Stage::sent));
    add(message("2"));
    cancel("2");
    auto bulk = message("3", "messageType/t");
    bulk.tenant_id = "tenant";
    bulk.priority = Priority::bulk;
    bulk.destination = "+15551";  // as the first
    add(bulk);
  }

  std::string found(const MessageSearch& search) {
    const auto page = outbox([&](Outbox& all) { return all.search(search); });
    return ids(page.messages) + " of " + std::to_string(page.total);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_search_finds_the_newest_first_and_pages, Three) {
  BOOST_TEST(found({}) == "3 2 1 of 3");
  MessageSearch search;
  search.ascending = true;
  search.number_of_results = 2;
  BOOST_TEST(found(search) == "1 2 of 3");
  search.start_row = 2;
  BOOST_TEST(found(search) == "3 of 3");
  search.start_row = 9;
  BOOST_TEST(found(search) == " of 3");
}

BOOST_FIXTURE_TEST_CASE(a_search_can_be_narrowed_by_everything_at_once, Three) {
  const auto with = [&](auto set) {
    MessageSearch search;
    set(search);
    return found(search);
  };
  BOOST_TEST(with([](auto& s) { s.stages = {Stage::sent, Stage::cancelled}; }) == "2 1 of 2");
  BOOST_TEST(with([](auto& s) { s.stages = {Stage::failed}; }) == " of 0");
  BOOST_TEST(with([](auto& s) { s.tenant_id = "tenant"; }) == "3 of 1");
  BOOST_TEST(with([](auto& s) { s.route = "messenger/m"; }) == "2 1 of 2");
  BOOST_TEST(with([](auto& s) { s.destination = "+15551"; }) == "3 1 of 2");
  BOOST_TEST(with([](auto& s) { s.destination = "5551"; }) == " of 0");
  BOOST_TEST(with([](auto& s) { s.messenger_id = "m"; }) == "1 of 1");
  const auto inserted = find("2").insert_instant;
  BOOST_TEST(with([&](auto& s) { s.end = find("1").insert_instant - 1; }) == " of 0");
  BOOST_TEST(with([&](auto& s) { s.start = find("3").insert_instant + 1; }) == " of 0");
  BOOST_TEST(contains(with([&](auto& s) { s.start = s.end = inserted; }), "2"));
  BOOST_TEST(with([](auto& s) {
               s.stages = {Stage::queued};
               s.tenant_id = "tenant";
               s.route = "messageType/t";
               s.destination = "+15551";
               s.start = 0;
               s.end = now_ms();
             }) == "3 of 1");
  BOOST_TEST(with([](auto& s) { s.route = "' OR 1 = 1 --"; }) == " of 0");
}

BOOST_FIXTURE_TEST_CASE(messages_are_counted_by_stage_and_priority, Three) {
  add(message("4", "messageType/t"));
  std::string text;
  for (const QueueCount& count : outbox([](Outbox& all) { return all.counts(); })) {
    text.append(to_string(count.stage)).append(" ").append(to_string(count.priority));
    text.append(" " + std::to_string(count.messages)) += '\n';
    if (count.stage == Stage::sent) {
      BOOST_TEST(count.oldest_insert_instant == find("1").insert_instant);
    }
  }
  BOOST_TEST(text == "cancelled notice 1\nqueued notice 1\nqueued bulk 1\nsent notice 1\n");
}

BOOST_FIXTURE_TEST_CASE(a_message_counts_once_for_a_stage_that_it_became_twice, Three) {
  BOOST_TEST(advance(update("1", 1, Stage::sent), {Stage::sent}));
  BOOST_TEST(outbox([](Outbox& all) { return all.changed_to(Stage::sent, 200); }) == 1);
  BOOST_TEST(outbox([](Outbox& all) { return all.changed_to(Stage::sent, 201); }) == 0);
}

BOOST_FIXTURE_TEST_CASE(settled_messages_are_swept_with_their_history_the_oldest_first, Three) {
  const auto sweep = [&](std::int64_t before, std::size_t most) {
    return outbox([&](Outbox& all) { return all.sweep(before, most); });
  };
  BOOST_TEST(sweep(200, 9) == 0U);  // the first was last changed at 200, the second at 300
  BOOST_TEST(sweep(now_ms() + 1'000, 1) == 1U);
  BOOST_TEST(found({}) == "3 2 of 2");
  BOOST_TEST(sweep(now_ms() + 1'000, 9) == 1U);
  BOOST_TEST(found({}) == "3 of 1");
  behind(options(), [](Connection& connection) {
    BOOST_TEST(std::get<0>(query<std::int64_t>(connection, "SELECT count(*) FROM message").at(0)) == 1);
  });
}

BOOST_FIXTURE_TEST_CASE(what_messages_became_is_known_for_a_day_however_long_they_are_kept, OutboxStore) {
  constexpr std::int64_t day = 86'400'000, now = 10 * day;
  std::int64_t instant = now - day - 3;
  for (const auto* const id : {"1", "2", "3", "4"}) {
    add(message(id));
    lease(100);
    auto sent = update(id, 1, Stage::sent);
    sent.change.instant = instant++;
    record(sent);
  }
  add(message("5"));
  outbox([](Outbox& all) { return all.expire(1'000, 9); });
  const auto changes = [&](Stage stage) { return outbox([&](Outbox& all) { return all.changed_to(stage, 0); }); };
  const auto sweep = [&] { return outbox([&](Outbox& all) { return all.sweep_changes(now, 2); }); };
  BOOST_TEST(sweep() == 2U);
  BOOST_TEST(changes(Stage::sent) == 2);
  BOOST_TEST(changes(Stage::expired) == 0);
  BOOST_TEST(outbox([](Outbox& all) { return all.changed_to(Stage::sent, now - day - 1); }) == 2);  // the oldest went
  BOOST_TEST(sweep() == 1U);
  BOOST_TEST(sweep() == 0U);
  BOOST_TEST(changes(Stage::sent) == 1);
  BOOST_TEST(outbox([](Outbox& all) { return all.search({}); }).total == 5);
}

BOOST_FIXTURE_TEST_CASE(what_is_wiped_is_gone_from_the_table, OutboxStore) {
  const auto kept = [&] {
    std::string text;
    behind(options(), [&](Connection& connection) {
      text = std::get<0>(query<std::string>(connection, "SELECT content FROM message").at(0));
    });
    return text;
  };
  add(secret_message("1"));
  const auto sealed = kept();
  BOOST_TEST(sealed.size() > 40U);
  lease(100);
  auto sent = update("1", 1, Stage::sent);
  sent.wipe = true;
  record(sent);
  BOOST_TEST(kept() == "");
  BOOST_TEST(find("1").content == "");
}

BOOST_FIXTURE_TEST_CASE(a_swapped_text_is_not_given, OutboxStore) {
  add(message("1"));
  add(message("2"));
  tamper(options(), "UPDATE message SET content = (SELECT content FROM message WHERE id = '1') WHERE id = '2'");
  BOOST_TEST(find("1").content == message("1").content);
  BOOST_TEST(!find("2").is_readable);
  BOOST_TEST(find("2").content.empty());
}
