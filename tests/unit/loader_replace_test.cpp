// SPDX-License-Identifier: Apache-2.0
// Thousands of sends in flight while messengers are replaced, removed and cancelled: every send completes exactly once.
#include <boost/test/unit_test.hpp>
#include <deque>
#include <random>

#include "loader_support.hpp"

using namespace loader_test;
using loader::Result;

namespace {

constexpr int senders = 4;
constexpr int sends_each = 20'000;

// One counter per send, so that "twice" and "never" do not cancel out.
struct Ledger {
  std::vector<std::atomic<int>> answers = std::vector<std::atomic<int>>(senders * sends_each);
  std::atomic<int> done{0};
  std::atomic<int> by_outcome[7] = {};

  loader::Completion completion(std::size_t index) {
    return [this, index](const Result& result) {
      ++answers[index];
      ++by_outcome[static_cast<std::size_t>(result.outcome)];
      ++done;
    };
  }
  void check() {
    BOOST_TEST(soon([this] { return done == senders * sends_each; }));
    int wrong = 0;
    for (const auto& count : answers) wrong += count != 1;
    BOOST_TEST(wrong == 0);
  }
};

void send_many(Stage& stage, Ledger& ledger, int sender) {
  std::minstd_rand random(static_cast<unsigned>(sender + 1));
  for (int i = 0; i != sends_each; ++i) {
    const auto timeout = random() % 50 == 0 ? 1ms : 5000ms;
    const std::string id(1, static_cast<char>('a' + random() % 3));
    const std::uint64_t ticket = stage.registry.send(
        id, hello, {.timeout = timeout}, ledger.completion(static_cast<std::size_t>(sender * sends_each + i)));
    if (random() % 20 == 0) stage.registry.cancel(ticket);
  }
}

// Configures and removes until told to stop.
void change(Stage& stage, const std::vector<std::string>& types, const std::atomic<bool>& stop) {
  std::minstd_rand random(99);
  while (!stop) {
    const std::string id(1, static_cast<char>('a' + random() % 3));
    if (random() % 10 == 0) {
      stage.registry.remove(id);
    } else if (!stage.registry.configure(id, types[random() % types.size()], "{}").empty()) {
      BOOST_ERROR("configure failed");
    }
    stage.registry.messengers();
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 500));
  }
}

void run(Stage& stage, Ledger& ledger, const std::vector<std::string>& types) {
  for (const char* id : {"a", "b", "c"}) BOOST_REQUIRE(stage.registry.configure(id, types[0], "{}").empty());
  std::atomic<bool> stop{false};
  std::thread changer([&] { change(stage, types, stop); });
  std::vector<std::thread> threads;
  for (int i = 0; i != senders; ++i) threads.emplace_back([&, i] { send_many(stage, ledger, i); });
  for (std::thread& thread : threads) thread.join();
  stop = true;
  changer.join();
}

}  // namespace

BOOST_AUTO_TEST_CASE(replaced_and_removed_under_load) {
  Ledger ledger;
  Stage stage("Puppet", 1024, 5s);
  run(stage, ledger, {"Worker", "Echo", "CompletesTwice"});
  ledger.check();
  BOOST_TEST(ledger.by_outcome[MSGR_OK] > 0);
  const auto report = stage.registry.shutdown(10s);
  BOOST_TEST(report.parked == 0u);
}

BOOST_AUTO_TEST_CASE(shut_down_under_load_with_plugins_that_never_answer) {
  Ledger ledger;
  Stage stage("Puppet", 1024, 20ms);
  for (const char* id : {"a", "b", "c"}) BOOST_REQUIRE(stage.registry.configure(id, "Worker", "{}").empty());
  std::vector<std::thread> threads;
  for (int i = 0; i != senders; ++i) threads.emplace_back([&, i] { send_many(stage, ledger, i); });
  BOOST_TEST(stage.registry.configure("b", "NeverCompletes", "{}").empty());
  std::this_thread::sleep_for(20ms);
  const auto before = std::chrono::steady_clock::now();
  const auto report = stage.registry.shutdown(2s);
  BOOST_TEST((std::chrono::steady_clock::now() - before < 3s));
  for (std::thread& thread : threads) thread.join();
  ledger.check();
  BOOST_TEST(report.drained + report.parked >= 3u);
}

// Completions on several threads, deadlines that fall together with them, and second completions.
BOOST_AUTO_TEST_CASE(completions_race_deadlines_cancels_and_each_other) {
  Ledger ledger;
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
  run(stage, ledger, {"Puppet"});
  ledger.check();
  const loader::Stats stats = stage.registry.stats();
  stop = true;
  first.join();
  second.join();
  BOOST_TEST(stats.second_completions + stats.foreign_completions > 0u);
}
