// SPDX-License-Identifier: Apache-2.0
// What a unit leases, and what it says of the rest.
#include "delivery/leasing.hpp"

#include <boost/test/unit_test.hpp>

#include "outbox_store.hpp"

using namespace messenger::host;
using namespace messenger::test;
using namespace std::chrono_literals;
using messenger::loader::Outcome;

namespace {

constexpr std::int64_t now = 200, later = now + 300;

/// All of a unit is at `now`, whatever the clock says.
struct LeasingStore : OutboxStore {
  explicit LeasingStore(std::size_t slots_in_total = 8) : slots(slots_in_total, slots_in_total) {}

  Leasing::Round lease_at(std::int64_t instant) {
    Leasing::Round round;
    store.transact([&](Transaction& transaction) { leasing.lease(transaction, instant, limits, round); },
                   Sharing::rows);
    return round;
  }
  Leasing::Round lease() { return lease_at(now); }
  /// Its unit fails.
  Leasing::Round lease_in_vain_at(std::int64_t instant) {
    Leasing::Round round;
    const auto unit = [&](Transaction& transaction) {
      leasing.lease(transaction, instant, limits, round);
      throw StoreError("undone");
    };
    BOOST_TEST(refusal([&] { store.transact(unit, Sharing::rows); }) == "undone");
    return round;
  }

  /// So many in the lane of this tenant, and one more that is due later.
  void add_lane(int tenant, int due_now, Priority priority = Priority::notice) {
    std::vector<SealedMessage> sealed;
    for (int i = 0; i <= due_now; ++i) {
      NewMessage made = message(std::to_string(tenant) + "-" + std::to_string(i));
      made.tenant_id = "t" + std::to_string(tenant);
      made.priority = priority;
      made.due = i < due_now ? now : later;
      sealed.push_back(store.seal(made));
    }
    outbox([&](Outbox& all) { return all.add(sealed); });
  }
  void add_lanes(int lanes, int due_now, Priority priority = Priority::notice) {
    for (int tenant = 0; tenant < lanes; ++tenant) {
      add_lane(tenant, due_now, priority);
    }
  }

  /// The messenger's circuit opens, until 100 ms after this.
  void open_circuit(std::int64_t instant) {
    messenger::loader::Result result;
    result.outcome = Outcome::config;
    circuits.end("m", circuits.begin("m", instant), result, "A reason.", instant);
  }

  const Leasing::Limits limits{1'000ms, 600ms, 60'000ms};
  std::mt19937_64 chance{7};
  Slots slots;
  Circuits circuits{{3, 100ms, 400ms}};
  Leasing leasing{"host", slots, circuits, chance};
};

struct ManySlots : LeasingStore {
  ManySlots() : LeasingStore(256) {}
};
struct MoreSlotsThanAUnitTakes : LeasingStore {
  MoreSlotsThanAUnitTakes() : LeasingStore(1'000) {}
};

std::string ids_of(const Leasing::Round& round) {
  std::string text;
  for (const ReadyAttempt& ready : round.ready) {
    text.append(text.empty() ? "" : " ").append(ready.attempt->id);
  }
  return text;
}

void check_that_all_is_taken(const Leasing::Round& round, std::size_t messages) {
  BOOST_TEST(round.ready.size() == messages);
  BOOST_TEST(round.next == later);
  BOOST_TEST(!round.is_full);
  BOOST_TEST(!round.is_backlogged);
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(nothing_is_leased_of_an_empty_outbox, LeasingStore) {
  const auto round = lease();
  BOOST_TEST(round.ready.empty());
  BOOST_TEST(round.next == Leasing::Round::never);
  BOOST_TEST(!round.is_full);
  BOOST_TEST(!round.is_backlogged);
}

BOOST_FIXTURE_TEST_CASE(what_is_due_later_is_known_after_a_lane_is_drained, LeasingStore) {
  add_lanes(1, 1);
  check_that_all_is_taken(lease(), 1);
  BOOST_TEST(stage("0-0") == "leased");
  BOOST_TEST(stage("0-1") == "queued");
  check_that_all_is_taken(lease_at(now + 50), 0);
  BOOST_TEST(ids_of(lease_at(later)) == "0-1");
}

BOOST_FIXTURE_TEST_CASE(what_is_due_later_is_known_where_four_lanes_have_a_slot_each, LeasingStore) {
  add_lanes(4, 1);
  check_that_all_is_taken(lease(), 4);
}

BOOST_FIXTURE_TEST_CASE(what_is_due_later_is_known_where_five_lanes_have_a_slot_each, LeasingStore) {
  add_lanes(5, 1);
  check_that_all_is_taken(lease(), 5);
}

BOOST_FIXTURE_TEST_CASE(what_is_due_later_is_known_where_120_lanes_have_a_slot_each, ManySlots) {
  add_lanes(120, 1);
  check_that_all_is_taken(lease(), 120);
}

BOOST_FIXTURE_TEST_CASE(what_is_due_later_is_known_where_lanes_give_all_that_they_were_asked_for, LeasingStore) {
  add_lanes(3, 2, Priority::code);
  check_that_all_is_taken(lease(), 6);
}

BOOST_FIXTURE_TEST_CASE(what_is_due_later_is_known_where_one_lane_gives_all_of_a_turn, ManySlots) {
  add_lanes(1, 128);
  check_that_all_is_taken(lease(), 128);
}

BOOST_FIXTURE_TEST_CASE(the_first_of_what_is_due_later_counts, LeasingStore) {
  add_lane(1, 1);
  NewMessage sooner = message("sooner");
  sooner.tenant_id = "t2";
  sooner.due = later - 1;
  add(sooner);
  BOOST_TEST(lease().next == later - 1);
}

BOOST_FIXTURE_TEST_CASE(a_unit_that_has_all_it_may_take_says_that_there_may_be_more, MoreSlotsThanAUnitTakes) {
  add_lanes(1, 600);
  const auto first = lease();
  BOOST_TEST(first.ready.size() == 512U);
  BOOST_TEST(first.is_full);
  BOOST_TEST(!first.is_backlogged);
  check_that_all_is_taken(lease(), 88);
}

BOOST_FIXTURE_TEST_CASE(what_there_is_no_slot_for_is_waited_for_and_not_looked_for, LeasingStore) {
  add_lanes(2, 4);
  const auto round = lease();
  BOOST_TEST(round.ready.size() == 6U);  // of 8, of which two are for codes
  BOOST_TEST(round.is_backlogged);
  BOOST_TEST(!round.is_full);
  BOOST_TEST(slots.room(Priority::notice) == 0U);
  const auto none = lease();
  BOOST_TEST(none.ready.empty());
  BOOST_TEST(none.is_backlogged);
  BOOST_TEST(!none.is_full);
  slots.give_back("m");
  BOOST_TEST(lease().ready.size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(what_a_lane_still_has_is_looked_for_at_once_and_then_after_a_moment, LeasingStore) {
  NewMessage ended = message("ended");  // its lifetime; a unit does not get it, as if another had it
  ended.expires = now;
  add(ended);
  add(message("alive"));
  const auto first = lease();
  BOOST_TEST(ids_of(first) == "alive");
  BOOST_TEST(first.is_full);
  const auto second = lease();
  BOOST_TEST(second.ready.empty());
  BOOST_TEST(!second.is_full);
  BOOST_TEST(!second.is_backlogged);
  BOOST_TEST(second.next > now);
  BOOST_TEST(second.next < later);
}

BOOST_FIXTURE_TEST_CASE(a_message_that_was_wiped_fails_in_the_unit, LeasingStore) {
  add(secret_message("wiped"));
  add(message("whole"));
  BOOST_TEST_REQUIRE(OutboxOf::lease(150).size() == 2U);
  for (const char* const id : {"wiped", "whole"}) {
    MessageUpdate again = update(id, 1, MessageStage::queued);
    again.due = now;
    again.wipe = id == std::string("wiped");
    BOOST_TEST_REQUIRE(record(again));
  }
  const auto round = lease();
  BOOST_TEST(ids_of(round) == "whole");
  BOOST_TEST((round.postponed == std::vector<std::string>{"wiped"}));
  BOOST_TEST(slots.used() == 1U);
  BOOST_TEST(stage("wiped") == "failed");
  BOOST_TEST(find("wiped").reason == "Not attempted: its text was wiped.");
  BOOST_TEST(stage("whole") == "leased");
}

BOOST_FIXTURE_TEST_CASE(what_is_ready_has_its_times_from_the_unit, LeasingStore) {
  add_lanes(1, 1);
  const auto round = lease();
  BOOST_TEST_REQUIRE(round.ready.size() == 1U);
  const LeasedAttempt& attempt = *round.ready[0].attempt;
  BOOST_TEST(attempt.id == "0-0");
  BOOST_TEST(attempt.messenger_id == "m");
  BOOST_TEST(attempt.attempt == 1);
  BOOST_TEST(attempt.due == now);
  BOOST_TEST(attempt.latest_begin == now + 600);
  BOOST_TEST(attempt.lease_until == now + 1'000);
  BOOST_TEST((attempt.carriers == std::vector<std::string>{"m"}));
  BOOST_TEST(find("0-0").lease_until == now + 1'000);
  BOOST_TEST(outbox([](Outbox& all) { return all.times(); }).lease_end == now + 1'000);
  const OutboxMessage opened = store.open(round.ready[0].message);
  BOOST_TEST(opened.is_readable);
  BOOST_TEST(opened.content == R"({"text":"of 0-0"})");
}

BOOST_FIXTURE_TEST_CASE(a_unit_that_was_not_committed_gives_its_slots_back, LeasingStore) {
  add_lanes(2, 2);
  const auto round = lease_in_vain_at(now);
  BOOST_TEST(round.ready.size() == 4U);
  BOOST_TEST(!round.holders.empty());
  BOOST_TEST(slots.used() == 4U);
  leasing.give_back(round);
  BOOST_TEST(slots.used() == 0U);
  BOOST_TEST(stage("0-0") == "queued");
  check_that_all_is_taken(lease(), 4);
}

BOOST_FIXTURE_TEST_CASE(a_unit_that_was_not_committed_gives_a_probe_back, LeasingStore) {
  add_lanes(1, 2);
  open_circuit(now - 50);
  const auto sick = lease();
  BOOST_TEST(sick.ready.empty());
  BOOST_TEST(sick.next == now + 50);
  const auto probe = lease_in_vain_at(now + 50);
  BOOST_TEST(ids_of(probe) == "0-0");
  BOOST_TEST(probe.is_backlogged);
  BOOST_TEST(!circuits.admits("m", now + 50));
  leasing.give_back(probe);
  BOOST_TEST(circuits.admits("m", now + 50));
  BOOST_TEST(slots.used() == 0U);
  BOOST_TEST(ids_of(lease_at(now + 50)) == "0-0");
}
