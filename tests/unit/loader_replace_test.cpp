// SPDX-License-Identifier: Apache-2.0
// Thousands of sends in flight while messengers are replaced, removed, added again and cancelled, and in the end shut
// down: every send completes exactly once.
#include <boost/test/unit_test.hpp>
#include <deque>
#include <set>

#include "loader_support.hpp"
#include "support/ledger.hpp"
#include "support/traffic.hpp"

using namespace loader_test;
using loader::Outcome;
using messenger::test::Ledger;
using messenger::test::Traffic;
using messenger::test::TrafficPlan;

namespace {

constexpr std::size_t senders = 4, sends_each = 15'000, sends = senders * sends_each;
using Types = std::vector<std::string>;

std::string any_id(std::minstd_rand& random) {
  return std::string(1, static_cast<char>('a' + random() % 3));
}

// Sends to the messengers "a", "b" and "c", which become one of these types after another.
TrafficPlan plan(Stage& stage, Ledger& ledger, const Types& types) {
  const auto send = [&](std::size_t index, std::minstd_rand& random) {
    const auto timeout = random() % 50 == 0 ? 1ms : 5000ms;
    return stage.registry.send(any_id(random), hello, {.timeout = timeout}, ledger.completion(index));
  };
  const auto change = [&stage, types](std::minstd_rand& random) {
    const std::string id = any_id(random);
    stage.registry.messengers();
    if (random() % 8 == 0) {
      stage.registry.remove(id);
    } else {
      stage.registry.configure(id, types[random() % types.size()], "{}");
    }
  };
  for (const char* id : {"a", "b", "c"}) BOOST_REQUIRE(stage.registry.configure(id, types[0], "{}").empty());
  return {.senders = senders, .sends_each = sends_each, .sends_per_change = 40, .send = send, .change = change};
}

// Makes of the puppet a messenger that completes when it is cancelled and not before, and counts its instances.
class UntilCancelled {
 public:
  void pull(Strings& strings) {
    strings.on_send = [this](const msgr_host*, const msgr_op* op, const msgr_message*) {
      const std::lock_guard lock(mutex_);
      open_.insert(op->ticket);
      most_open = std::max(most_open, open_.size());
    };
    strings.on_cancel = [this](const msgr_host* host, std::uint64_t ticket) {
      std::unique_lock lock(mutex_);
      if (open_.erase(ticket) == 0) return;
      lock.unlock();
      host->complete(host, ticket, MSGR_CANCELLED, nullptr);
    };
    strings.on_configure = [this](const msgr_host*, msgr_issue_fn, void*) { return ++configured != 0; };
    strings.on_destroy = [this](const msgr_host*) { ++destroyed; };
  }

  std::atomic<std::uint64_t> configured{0}, destroyed{0};
  std::size_t most_open = 0;  // to be read when nothing is sent any more

 private:
  std::mutex mutex_;
  std::set<std::uint64_t> open_;
};

// Every instance of the puppet is gone or counted as parked.
void check_none_is_lost(const UntilCancelled& puppet, std::uint64_t parked) {
  BOOST_TEST(puppet.destroyed <= puppet.configured);
  BOOST_TEST(puppet.destroyed + parked >= puppet.configured);
}

}  // namespace

BOOST_AUTO_TEST_CASE(replaced_and_removed_under_load) {
  Ledger ledger(sends);
  UntilCancelled puppet;
  Stage stage("Echo", 4096, 1s);
  puppet.pull(stage.strings);
  Traffic(stage.registry, plan(stage, ledger, {"Worker", "Echo", "Puppet", "CompletesTwice"})).finish();
  for (const char* id : {"a", "b", "c"}) stage.registry.remove(id);
  BOOST_TEST(ledger.is_balanced());
  for (const Outcome outcome : {Outcome::ok, Outcome::cancelled, Outcome::config, Outcome::unknown}) {
    BOOST_TEST(ledger.ended_as(outcome) > 0u, to_string(outcome));
  }
  BOOST_TEST(puppet.most_open > 1000u);
  BOOST_TEST(stage.registry.stats().second_completions > 0u);
  check_none_is_lost(puppet, stage.registry.shutdown(10s).parked);
}

BOOST_AUTO_TEST_CASE(shut_down_while_messengers_are_sent_to_and_changed) {
  Ledger ledger(sends);
  UntilCancelled puppet;
  Stage stage("Echo", 4096, 20ms);
  puppet.pull(stage.strings);
  Traffic traffic(stage.registry, plan(stage, ledger, {"Worker", "Puppet", "NeverCompletes", "Echo"}));
  BOOST_TEST(soon([&] { return ledger.answered() > sends / 8; }));
  const auto before = std::chrono::steady_clock::now();
  const loader::ShutdownReport report = stage.registry.shutdown(2s);
  BOOST_TEST((std::chrono::steady_clock::now() - before < 10s));
  BOOST_TEST(ledger.answered() > 0u);
  traffic.finish();
  BOOST_TEST(ledger.is_balanced());
  BOOST_TEST(report.parked > 0u);
  check_none_is_lost(puppet, stage.registry.stats().parked);
}

// Completions on several threads, deadlines that fall together with them, and second completions.
BOOST_AUTO_TEST_CASE(completions_race_deadlines_cancels_and_each_other) {
  Ledger ledger(sends);
  Stage stage("Puppet", 4096, 5s);
  struct Due {
    const msgr_host* host;
    std::uint64_t ticket;
  };
  std::mutex mutex;
  std::deque<Due> due;
  std::atomic<bool> stop{false};
  stage.strings.on_send = [&](const msgr_host* host, const msgr_op* op, const msgr_message*) {
    const std::lock_guard lock(mutex);
    due.push_back({host, op->ticket});
    due.push_back({host, op->ticket});  // for two threads to complete at the same time
  };
  const auto complete = [&] {
    while (true) {
      std::unique_lock lock(mutex);
      if (due.empty()) {
        if (stop) return;
        lock.unlock();
        std::this_thread::yield();
        continue;
      }
      const Due one = due.front();
      due.pop_front();
      lock.unlock();
      one.host->complete(one.host, one.ticket, MSGR_OK, nullptr);
    }
  };
  std::thread first(complete), second(complete);
  Traffic(stage.registry, plan(stage, ledger, {"Puppet"})).finish();
  BOOST_TEST(ledger.is_balanced());
  stop = true;
  first.join();
  second.join();
  const loader::Stats stats = stage.registry.stats();
  BOOST_TEST(stats.second_completions + stats.foreign_completions > 0u);
}
