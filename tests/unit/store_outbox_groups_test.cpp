// SPDX-License-Identifier: Apache-2.0
// Many messages at once: what a group says of each is what would be said of it alone.
#include <boost/test/unit_test.hpp>
#include <set>

#include "outbox_store.hpp"
#include "tamper.hpp"

using namespace messenger::host;
using namespace messenger::test;

using Stage = MessageStage;

namespace {

// More than any engine takes in one statement, and no multiple of that.
constexpr int many = 75;

struct Groups : OutboxStore {
  std::vector<AddedMessage> add_all(const std::vector<NewMessage>& messages) {
    std::vector<SealedMessage> sealed;
    for (const NewMessage& message : messages) {
      sealed.push_back(store.seal(message));
    }
    return outbox([&](Outbox& all) { return all.add(sealed); });
  }
  std::vector<bool> record_all(const std::vector<MessageUpdate>& updates) {
    return outbox([&](Outbox& all) { return all.record(updates); });
  }
  void add_many() {
    std::vector<NewMessage> messages;
    for (int number = 0; number != many; ++number) {
      messages.push_back(secret_message(std::to_string(number)));
    }
    for (const AddedMessage& added : add_all(messages)) {
      BOOST_TEST(added.is_new, added.id);
    }
  }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(no_group_is_a_group, Groups) {
  BOOST_TEST(add_all({}).empty());
  BOOST_TEST(record_all({}).empty());
}

BOOST_FIXTURE_TEST_CASE(of_two_of_one_id_or_key_in_a_group_the_first_is_new, Groups) {
  std::vector<NewMessage> messages;
  for (int number = 0; number != many; ++number) {
    messages.push_back(message(std::to_string(number)));
    messages.back().request_digest = "request";
  }
  messages[3].id = "2";
  messages[5].idempotency_key = messages[6].idempotency_key = messages[70].idempotency_key = "key";
  messages[70].request_digest = "another";
  messages[8].id = "2";
  messages[8].request_digest = "another";
  const auto added = add_all(messages);
  for (int number = 0; number != many; ++number) {
    const bool is_new = number != 3 && number != 6 && number != 8 && number != 70;
    const auto& one = added.at(static_cast<std::size_t>(number));
    BOOST_TEST(one.is_new == is_new, number);
    BOOST_TEST(one.is_same_request == (number != 8 && number != 70), number);
    BOOST_TEST(one.id == (number == 3 || number == 8    ? "2"
                          : number == 6 || number == 70 ? "5"
                                                        : std::to_string(number)));
  }
  BOOST_TEST(outbox([](Outbox& all) { return all.search({}); }).total == many - 4);
  BOOST_TEST(find("74").content == message("74").content);
  BOOST_TEST(find("2").ordinal < find("4").ordinal);
}

BOOST_FIXTURE_TEST_CASE(what_meets_a_message_that_is_gone_by_then_is_new_after_all, Groups) {
  // As if the one that was in the way of "40" were removed before it is looked for.
  tamper(options(), "CREATE TABLE in_the_way (id TEXT NOT NULL)");
  tamper(options(), "INSERT INTO in_the_way (id) VALUES ('40')");
  if (on_postgresql()) {
    tamper(options(),
           "CREATE FUNCTION meet() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN DELETE FROM in_the_way WHERE id = NEW.id;"
           " IF FOUND THEN RETURN NULL; END IF; RETURN NEW; END'");
    tamper(options(), "CREATE TRIGGER meet BEFORE INSERT ON message FOR EACH ROW EXECUTE FUNCTION meet()");
  } else {
    tamper(options(),
           "CREATE TRIGGER meet BEFORE INSERT ON message WHEN NEW.id IN (SELECT id FROM in_the_way)"
           " BEGIN DELETE FROM in_the_way; SELECT RAISE(IGNORE); END");
  }
  add_many();
  BOOST_TEST(outbox([](Outbox& all) { return all.search({}); }).total == many);
  BOOST_TEST(find("40").content == secret_message("40").content);
  behind(options(), [](Connection& connection) {
    BOOST_TEST(std::get<0>(query<std::int64_t>(connection, "SELECT count(*) FROM in_the_way").at(0)) == 0);
  });
}

BOOST_FIXTURE_TEST_CASE(each_outcome_of_a_group_counts_for_its_own_message, Groups) {
  add_many();
  BOOST_TEST(lease(100).size() == std::size_t{many});
  BOOST_TEST(cancel("7") == "leased");
  BOOST_TEST(cancel("8") == "leased");
  std::vector<MessageUpdate> updates;
  for (int number = 0; number != many; ++number) {
    updates.push_back(update(std::to_string(number), number == 9 ? 2 : 1, Stage::sent));
    updates.back().provider_id = "p" + std::to_string(number);
    updates.back().progress = std::to_string(number);
    updates.back().wipe = number % 2 == 0;
  }
  for (const std::size_t again : {7U, 10U}) {
    updates[again].change.stage = Stage::queued;
    updates[again].due = 300;
    updates[again].provider_id = "";
    updates[again].wipe = false;
  }
  updates[11].id = "absent";
  const auto counted = record_all(updates);
  for (int number = 0; number != many; ++number) {
    const std::string id = std::to_string(number);
    const bool is_recorded = number != 9 && number != 11;
    BOOST_TEST(counted.at(static_cast<std::size_t>(number)) == is_recorded, number);
    BOOST_TEST(stage(id) == (!is_recorded ? "leased" : number == 7 ? "cancelled" : number == 10 ? "queued" : "sent"));
    if (is_recorded) {
      BOOST_TEST(find(id).progress == id);
      BOOST_TEST(find(id).content.empty() == (number == 7 || (number % 2 == 0 && number != 10)), number);
      BOOST_TEST(find(id).provider_id == (number == 7 || number == 10 ? "" : "p" + id));
    }
  }
  BOOST_TEST(find("10").due == 300);
  BOOST_TEST(contains(history("7"), "queued 1 A reason.\ncancelled 0 Called off"));
  BOOST_TEST(history("8").ends_with("leased 1 The caller wants so.\nsent 1 A reason.\n"));
  BOOST_TEST(outbox([](Outbox& all) { return all.changed_to(Stage::sent, 200); }) == many - 4);
  BOOST_TEST(outbox([](Outbox& all) { return all.changed_to(Stage::cancelled, 200); }) == 1);
}

BOOST_FIXTURE_TEST_CASE(of_two_outcomes_of_one_attempt_in_a_group_the_first_counts, Groups) {
  add_many();
  lease(100);
  std::vector<MessageUpdate> updates;
  for (int number = 0; number != many; ++number) {
    updates.push_back(update(std::to_string(number), 1, Stage::sent));
  }
  updates[20].id = "19";
  updates[20].change.stage = Stage::failed;
  const auto counted = record_all(updates);
  BOOST_TEST(counted[19]);
  BOOST_TEST(!counted[20]);
  BOOST_TEST(stage("19") == "sent");
  BOOST_TEST(stage("20") == "leased");
  BOOST_TEST(history("19") == "queued 0 Accepted.\nleased 1 An attempt begins.\nsent 1 A reason.\n");
}

BOOST_FIXTURE_TEST_CASE(a_history_keeps_whatever_signs_its_reasons_have, Groups) {
  add(message("1"));
  lease(100);
  auto odd = update("1", 1, Stage::failed);
  odd.change.reason = "\\ \t \n \\t \\n\\";
  odd.change.messenger_id = "a\tb";
  odd.change.outcome = "O\nK";
  record(odd);
  const auto changes = outbox([](Outbox& all) { return all.history("1"); });
  BOOST_TEST_REQUIRE(changes.size() == 3U);
  BOOST_TEST(changes[1].messenger_id == "m");
  BOOST_TEST(changes[2].reason == odd.change.reason);
  BOOST_TEST(changes[2].messenger_id == "a\tb");
  BOOST_TEST(changes[2].outcome == "O\nK");
}

BOOST_FIXTURE_TEST_CASE(messages_are_found_by_their_providers_ids_many_at_once, Groups) {
  add_many();
  lease(100);
  std::vector<MessageUpdate> updates;
  std::vector<ProviderKey> keys;
  for (int number = 0; number != many; ++number) {
    updates.push_back(update(std::to_string(number), 1, Stage::sent));
    updates.back().provider_id = "p" + std::to_string(number);
    keys.push_back({"m", "p" + std::to_string(number)});
    keys.push_back({"m", "absent" + std::to_string(number)});
    keys.push_back({"n", "p" + std::to_string(number)});
  }
  record_all(updates);
  const auto found = outbox([&](Outbox& all) { return all.find_by_provider_ids(keys); });
  std::set<std::string> known;
  for (const KnownMessage& one : found) {
    BOOST_TEST(one.key.messenger_id == "m");
    BOOST_TEST(one.key.provider_id == "p" + one.id);
    BOOST_TEST((one.stage == Stage::sent));
    BOOST_TEST(one.last_update_instant == 200);
    known.insert(one.id);
  }
  BOOST_TEST(known.size() == std::size_t{many});
  const auto records = store.with(
      [&](Transaction& transaction) {
        transaction.receipts.lock(keys);
        transaction.receipts.put({"m", "p3"}, "three", 77);
        transaction.receipts.put({"n", "p70"}, "seventy");
        return transaction.receipts.find(keys);
      },
      Sharing::rows);
  BOOST_TEST_REQUIRE(records.size() == 2U);
  for (const ReceiptRecord& record : records) {
    BOOST_TEST(record.body == (record.provider_id == "p3" ? "three" : "seventy"));
    BOOST_TEST((record.insert_instant == 77) == (record.provider_id == "p3"));
  }
}
