// SPDX-License-Identifier: Apache-2.0
// What needs no store: circuits, pauses, slots, turns, preferences.
#include "delivery/circuit.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

#include "delivery/attempt_verdict.hpp"
#include "delivery/back_off.hpp"
#include "delivery/circuits.hpp"
#include "delivery/lane_turns.hpp"
#include "delivery/route.hpp"
#include "delivery/slots.hpp"

using namespace messenger::host;
using namespace std::chrono_literals;
using messenger::loader::Outcome;
using Position = Circuit::Position;
using Change = Circuit::Change;

namespace {

struct Tried {
  Circuit circuit;
  Circuit::Settings settings{3, 100ms, 400ms};

  Change end(Outcome outcome, std::int64_t now, std::chrono::milliseconds retry_after = 0ms) {
    return circuit.end(circuit.begin(now), outcome, retry_after, "A reason.", now, settings);
  }
  void open(std::int64_t now) {
    for (int i = 0; i < 3; ++i) {
      end(Outcome::retry, now);
    }
  }
};

LaneHead lane(const std::string& name, Priority priority = Priority::notice, std::int64_t due = 0) {
  return {name, priority, {}, {}, due};
}

std::string names(const std::vector<LaneHead>& lanes) {
  std::string text;
  for (const LaneHead& each : lanes) {
    text += each.lane;
  }
  return text;
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(failures_in_a_row_open_it, Tried) {
  for (const Outcome failure : {Outcome::retry, Outcome::deadline}) {
    BOOST_TEST((end(failure, 0) == Change::none));
  }
  BOOST_TEST(circuit.admits(0));
  BOOST_TEST((end(Outcome::unknown, 0) == Change::opened));
  BOOST_TEST((circuit.position(99) == Position::open));
  BOOST_TEST(!circuit.admits(99));
  BOOST_TEST(circuit.retry_at() == 100);
  BOOST_TEST(circuit.reason() == "A reason.");
  BOOST_TEST(!circuit.is_misconfigured());
}

BOOST_FIXTURE_TEST_CASE(a_success_or_a_refusal_in_between_begins_the_count_anew, Tried) {
  for (const Outcome well : {Outcome::ok, Outcome::rejected}) {
    end(Outcome::retry, 0);
    end(Outcome::retry, 0);
    BOOST_TEST((end(well, 0) == Change::none));
  }
  end(Outcome::retry, 0);
  BOOST_TEST((end(Outcome::cancelled, 0) == Change::none));
  end(Outcome::retry, 0);
  BOOST_TEST(circuit.admits(0));
  BOOST_TEST((end(Outcome::retry, 0) == Change::opened));
}

BOOST_FIXTURE_TEST_CASE(a_wrong_configuration_opens_it_at_once, Tried) {
  BOOST_TEST((end(Outcome::config, 0) == Change::opened));
  BOOST_TEST(circuit.is_misconfigured());
}

BOOST_AUTO_TEST_CASE(what_was_cancelled_unasked_goes_to_the_next_messenger_and_after_all_of_them_pauses) {
  std::mt19937_64 chance(7);
  LeasedAttempt attempt;
  attempt.messenger_id = "a";
  attempt.carriers = {"a", "b"};
  attempt.due = 5;
  AttemptResult cancelled;
  cancelled.outcome = Outcome::cancelled;
  const auto verdict = [&] { return verdict_of(attempt, cancelled, "why", {100ms, 100ms, {}}, 1'000, chance); };
  const MessageUpdate next = verdict();
  BOOST_TEST((next.change.stage == MessageStage::queued));
  BOOST_TEST(next.due == 5);
  attempt.progress = progress_of(next.progress);
  attempt.messenger_id = "b";
  const MessageUpdate pause = verdict();
  BOOST_TEST((pause.change.stage == MessageStage::queued));
  BOOST_TEST(pause.due >= 1'000);
  BOOST_TEST(progress_of(pause.progress).rounds == 1);
}

BOOST_AUTO_TEST_CASE(what_did_not_reach_a_messenger_or_had_no_time_tells_nothing_of_it) {
  LeasedAttempt attempt;
  for (const Outcome refused : {Outcome::retry, Outcome::rejected, Outcome::deadline}) {
    BOOST_TEST(!tells_of_messenger(attempt, refused));
  }
  BOOST_TEST(tells_of_messenger(attempt, Outcome::config));  // there is no such messenger
  attempt.ticket = 1;
  BOOST_TEST(tells_of_messenger(attempt, Outcome::retry));
  BOOST_TEST(tells_of_messenger(attempt, Outcome::deadline));
  attempt.is_brief = true;
  BOOST_TEST(!tells_of_messenger(attempt, Outcome::deadline));
  BOOST_TEST(tells_of_messenger(attempt, Outcome::retry));
}

BOOST_FIXTURE_TEST_CASE(after_a_break_one_at_a_time_may_probe, Tried) {
  open(0);
  BOOST_TEST((circuit.position(100) == Position::half_open));
  BOOST_TEST(circuit.admits(100));
  const auto probe = circuit.begin(100);
  BOOST_TEST(!circuit.admits(100));
  circuit.abandon(probe);
  BOOST_TEST(circuit.admits(100));
  BOOST_TEST((end(Outcome::cancelled, 100) == Change::none));
  BOOST_TEST(circuit.admits(100));
  BOOST_TEST((end(Outcome::rejected, 100) == Change::closed));
  BOOST_TEST((circuit.position(100) == Position::closed));
  BOOST_TEST(circuit.retry_at() == 0);
}

BOOST_FIXTURE_TEST_CASE(each_break_is_twice_as_long_up_to_the_longest_and_begins_small_again, Tried) {
  open(0);
  std::int64_t now = 100;
  for (const std::int64_t pause : {200, 400, 400}) {
    BOOST_TEST((end(Outcome::retry, now) == Change::none));  // it is not told twice
    BOOST_TEST(circuit.retry_at() == now + pause);
    now += pause;
  }
  BOOST_TEST((end(Outcome::ok, now) == Change::closed));
  open(now);
  BOOST_TEST(circuit.retry_at() == now + 100);
}

BOOST_FIXTURE_TEST_CASE(a_provider_that_asks_for_more_gets_it, Tried) {
  end(Outcome::retry, 0);
  end(Outcome::retry, 0);
  end(Outcome::retry, 0, 5s);
  BOOST_TEST(circuit.retry_at() == 5'000);
}

BOOST_FIXTURE_TEST_CASE(what_began_before_tells_nothing_any_more, Tried) {
  const auto before = circuit.begin(0);
  open(0);
  BOOST_TEST((circuit.end(before, Outcome::ok, 0ms, "", 50, settings) == Change::none));
  BOOST_TEST((circuit.position(50) == Position::open));
  const auto probe = circuit.begin(100);
  circuit.reset();
  BOOST_TEST(circuit.admits(0));
  BOOST_TEST((circuit.end(probe, Outcome::config, 0ms, "", 100, settings) == Change::none));
  BOOST_TEST((circuit.position(100) == Position::closed));
}

BOOST_AUTO_TEST_CASE(a_bypassed_messenger_is_told_of_once_an_opening) {
  Circuits circuits({1, 100ms, 100ms});
  const auto fail = [&](Outcome outcome, std::int64_t now) {
    messenger::loader::Result result;
    result.outcome = outcome;
    circuits.end("a", circuits.begin("a", now), result, "r", now);
  };
  fail(Outcome::retry, 0);
  circuits.bypass("a", "b");
  circuits.bypass("a", "b");
  BOOST_TEST(circuits.take_notes().size() == 2U);  // opened and bypassed
  fail(Outcome::ok, 100);
  fail(Outcome::retry, 100);
  circuits.bypass("a", "b");
  BOOST_TEST(circuits.take_notes().size() == 3U);
  circuits.reset("a");
  BOOST_TEST(circuits.take_notes().size() == 1U);
  BOOST_TEST(circuits.admits("a", 0));
}

BOOST_AUTO_TEST_CASE(a_pause_is_by_chance_up_to_twice_the_last_ones_bound) {
  std::mt19937_64 chance(7);
  for (const auto& [round, most] : {std::pair{1, 500}, {2, 1'000}, {3, 2'000}, {10, 60'000}, {1'000, 60'000}}) {
    std::int64_t longest = 0, shortest = 60'000;
    for (int i = 0; i < 2'000; ++i) {
      const auto pause = back_off(round, 500ms, 60'000ms, chance).count();
      longest = std::max(longest, pause);
      shortest = std::min(shortest, pause);
    }
    BOOST_TEST(longest <= most);
    BOOST_TEST(longest > most * 9 / 10);
    BOOST_TEST(shortest < most / 10);
  }
}

BOOST_AUTO_TEST_CASE(a_quarter_of_the_slots_is_for_codes) {
  Slots slots(8, 4);
  for (int i = 0; i < 3; ++i) {
    BOOST_TEST(slots.room("a", Priority::bulk) == static_cast<std::size_t>(3 - i));
    slots.take("a");
  }
  BOOST_TEST(slots.room("a", Priority::bulk) == 0U);
  BOOST_TEST(slots.room("a", Priority::code) == 1U);
  for (int i = 0; i < 3; ++i) {
    slots.take("b");
  }
  BOOST_TEST(slots.room(Priority::notice) == 0U);
  BOOST_TEST(slots.room(Priority::code) == 2U);
  slots.give_back("a");
  BOOST_TEST(slots.room(Priority::notice) == 1U);
  BOOST_TEST(slots.used("a") == 2U);
}

BOOST_AUTO_TEST_CASE(lanes_of_a_priority_take_turns) {
  LaneTurns turns;
  const std::vector<LaneHead> heads{lane("a"), lane("b"), lane("c"), lane("z", Priority::code),
                                    lane("d", Priority::notice, 99)};
  BOOST_TEST(names(turns.order(heads, Priority::notice, 50)) == "abc");
  turns.served(lane("b"));
  BOOST_TEST(names(turns.order(heads, Priority::notice, 50)) == "cab");
  BOOST_TEST(names(turns.order(heads, Priority::notice, 99)) == "cdab");
  turns.served(lane("z", Priority::code));
  BOOST_TEST(names(turns.order(heads, Priority::notice, 50)) == "cab");
  BOOST_TEST(names(turns.order(heads, Priority::code, 50)) == "z");
}

BOOST_AUTO_TEST_CASE(the_order_stays_and_weights_are_kept) {
  std::mt19937_64 chance(7);
  MessageRoute route{"r", MessageType::Selection::order, {{"a", 1}, {"b", 1'000}, {"c", 1}}};
  BOOST_TEST((preference(route, chance) == std::vector<std::string>{"a", "b", "c"}));
  route = {"r", MessageType::Selection::weight, {{"a", 3}, {"b", 1}}};
  int first = 0;
  for (int i = 0; i < 4'000; ++i) {
    const auto order = preference(route, chance);
    BOOST_TEST_REQUIRE(std::set<std::string>(order.begin(), order.end()).size() == 2U);
    first += order.front() == "a" ? 1 : 0;
  }
  BOOST_TEST(first > 2'850);
  BOOST_TEST(first < 3'150);
}
