// SPDX-License-Identifier: Apache-2.0
// Plugins that break a rule while they run: contained, counted, logged under the messenger's id, and no harm to others.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>

#include "loader_support.hpp"
#include "support/ledger.hpp"

using namespace loader_test;
using loader::Outcome;
using loader::Result;
using loader::Stats;
using messenger::test::Ledger;

namespace {

// A type of bad plugin: how its first send ends, and what is counted and logged by the time it has been removed.
struct Row {
  const char* type;
  Outcome outcome;
  std::uint64_t Stats::*counter;
  std::uint64_t count;
  const char* line;
};
std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.type;
}

const Row rows[] = {
    {"AnswersGarbage", Outcome::unknown, &Stats::unknown_outcomes, 1, "the plugin gave an outcome that does not exist"},
    {"Completes20000Times", Outcome::ok, &Stats::second_completions, 19'999, "the plugin completed an op twice"},
    {"CompletesAfterDrain", Outcome::ok, &Stats::foreign_completions, 1,
     "the plugin completed a ticket that it does not have"},
    {"CompletesForeignTickets", Outcome::ok, &Stats::foreign_completions, 4,
     "the plugin completed a ticket that it does not have"},
    {"CompletesTwice", Outcome::ok, &Stats::second_completions, 1, "the plugin completed an op twice"},
    {"NeverCompletes", Outcome::unknown, &Stats::deadline_answers, 1, "the plugin did not answer by the deadline"},
    {"NeverCompletes", Outcome::unknown, &Stats::parked, 1,
     "parked for ever: it did not end its sends when they were cancelled"},
    {"StopFails", Outcome::ok, &Stats::parked, 1, "parked for ever: its stop failed"},
    {"ThrowsEverywhere", Outcome::unknown, &Stats::plugin_exceptions, 2, "the plugin threw an exception from send"},
    {"ThrowsEverywhere", Outcome::unknown, &Stats::parked, 1, "parked for ever: its stop failed"},
    {"ThrowsInDestroy", Outcome::unknown, &Stats::parked, 1, "parked for ever: its destroy failed"},
};

// All plugins that are bad at run time, and a good one as the messenger "good".
struct Zoo {
  Zoo() : registry({.services = {}, .log = log.function(), .drain_timeout = 100ms}) {
    plugins.add("echo");
    for (const char* plugin :
         {"answers_garbage", "completes_20000_times", "completes_after_drain", "completes_foreign_tickets",
          "completes_twice", "never_completes", "stop_fails", "throws_everywhere"}) {
      plugins.add_bad(plugin);
    }
    for (const auto& file : registry.load({plugins.path()})) BOOST_REQUIRE(file.loaded);
    BOOST_REQUIRE(registry.configure("good", "Echo", "{}").empty());
  }

  // Without a field, ThrowsEverywhere throws from configure already.
  void configure(const std::string& id, const std::string& type) {
    BOOST_REQUIRE(registry.configure(id, type, R"({"any":1})").empty());
  }
  void check_good_one() { BOOST_TEST((registry.send("good", hello).outcome == Outcome::ok)); }

  Directory plugins;
  Log log;
  loader::Registry registry;
};

// The one plugin that is to be waited for is given little time.
loader::SendOptions options_for(const std::string& type) {
  return {.timeout = type == "NeverCompletes" ? 50ms : 60'000ms};
}

}  // namespace

BOOST_DATA_TEST_CASE(a_bad_plugin_is_contained_counted_and_logged, boost::unit_test::data::make(rows), row) {
  Zoo zoo;
  Answers answers;
  const std::string id = std::string("bad ") + row.type;
  zoo.configure(id, row.type);
  zoo.registry.send(id, hello, options_for(row.type), answers.completion());
  BOOST_TEST_REQUIRE(answers.wait(1).size() == 1u);
  BOOST_TEST((answers.wait(1).at(0).outcome == row.outcome));
  zoo.check_good_one();
  BOOST_TEST(zoo.registry.remove(id));
  BOOST_TEST(soon([&] { return zoo.registry.stats().*(row.counter) >= row.count; }));
  BOOST_TEST(soon([&] { return zoo.log.has(id + ": " + row.line); }));
  zoo.check_good_one();
  zoo.registry.shutdown(10s);
  const Stats stats = zoo.registry.stats();
  BOOST_TEST((stats.*row.counter) == row.count);
  BOOST_TEST(answers.count() == 1u);
}

BOOST_AUTO_TEST_CASE(events_without_end_are_logged_sparingly) {
  Zoo zoo;
  zoo.configure("m", "Completes20000Times");
  zoo.registry.send("m", hello);
  BOOST_TEST(zoo.log.count("m: the plugin completed an op twice") == 15u);
  BOOST_TEST(zoo.log.has("(16384 times so far)"));
}

BOOST_AUTO_TEST_CASE(what_garbage_says_arrives_repaired_and_cut) {
  Zoo zoo;
  zoo.configure("m", "AnswersGarbage");
  const Result result = zoo.registry.send("m", hello);
  const std::string bad = "\xEF\xBF\xBD";
  BOOST_TEST(result.provider_id.empty());
  BOOST_TEST(result.provider_code == bad + bad + "(" + bad);
  BOOST_TEST(result.detail.size() == 1024u);
  BOOST_TEST((result.retry_after <= 24h * 365));
}

BOOST_AUTO_TEST_CASE(what_is_thrown_from_validate_configure_and_cancel_is_caught) {
  Zoo zoo;
  BOOST_TEST(zoo.registry.validate("ThrowsEverywhere", "{}").at(0).text ==
             "the plugin threw an exception from validate");
  BOOST_TEST(zoo.registry.configure("m", "ThrowsEverywhere", "{}").at(0).text ==
             "the plugin threw an exception from configure");
  zoo.configure("m", "ThrowsEverywhere");
  Answers answers;
  const auto ticket = zoo.registry.send("m", hello, {.timeout = 10s, .attempt = 2}, answers.completion());
  BOOST_TEST(zoo.registry.cancel(ticket));
  BOOST_TEST(zoo.log.has("m: the plugin threw an exception from cancel"));
  BOOST_TEST(zoo.registry.stats().plugin_exceptions == 3u);
  zoo.check_good_one();
  zoo.registry.shutdown(100ms);
  BOOST_TEST(answers.count() == 1u);
}

BOOST_AUTO_TEST_CASE(a_completion_may_call_back_into_the_host_whatever_the_plugin) {
  const std::size_t count = std::size(rows);
  Ledger first(count), second(count), good(count);
  std::atomic<std::size_t> configured{0};
  Zoo zoo;
  for (std::size_t i = 0; i != count; ++i) {
    const std::string id = "bad " + std::to_string(i);
    const std::string type = rows[i].type;
    zoo.configure(id, type);
    zoo.registry.send(id, hello, options_for(type), [&, i, id, type](const Result& result) {
      const auto ticket = zoo.registry.send(id, hello, options_for(type), second.completion(i));
      zoo.registry.cancel(ticket);
      configured += zoo.registry.configure(id, type, R"({"any":1})").empty();
      zoo.registry.remove(id);
      zoo.registry.send("good", hello, {}, good.completion(i));
      first.completion(i)(result);
    });
  }
  BOOST_TEST(first.is_balanced());
  BOOST_TEST(second.is_balanced());
  BOOST_TEST(good.is_balanced());
  BOOST_TEST(good.ended_as(Outcome::ok) == count);
  BOOST_TEST(configured == count);
  BOOST_TEST(zoo.registry.messengers().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_shutdown_with_all_of_them_answers_everybody_and_ends) {
  constexpr std::size_t sends_each = 20;
  const std::size_t bad = std::size(rows);
  Ledger ledger((bad + 1) * sends_each);
  Zoo zoo;
  for (std::size_t i = 0; i != bad; ++i) zoo.configure("bad " + std::to_string(i), rows[i].type);
  for (std::size_t send = 0; send != sends_each; ++send) {
    for (std::size_t i = 0; i != bad; ++i) {
      zoo.registry.send("bad " + std::to_string(i), hello, {.timeout = 1h}, ledger.completion(send * bad + i));
    }
    zoo.registry.send("good", hello, {}, ledger.completion(bad * sends_each + send));
  }
  const auto before = std::chrono::steady_clock::now();
  const loader::ShutdownReport report = zoo.registry.shutdown(1s);
  BOOST_TEST((std::chrono::steady_clock::now() - before < 10s));
  BOOST_TEST(ledger.is_balanced());
  BOOST_TEST(report.parked == 6u);  // two that never complete, and four whose stop or destroy fails
  BOOST_TEST(report.drained == bad + 1 - 6);
}
