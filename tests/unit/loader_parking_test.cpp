// SPDX-License-Identifier: Apache-2.0
// Sends that meet the parking of their messenger half-way: each is answered, once, although nobody looks again.
#include <boost/test/unit_test.hpp>
#include <deque>

#include "loader_support.hpp"
#include "support/ledger.hpp"

using namespace loader_test;
using loader::Outcome;
using messenger::test::Ledger;

namespace {

// A text that takes a while to check and to copy: so long a send has its messenger but is not yet in flight.
const std::string long_text = [] {
  std::string text;
  while (text.size() < 256 * 1024) text += "\xC3\xA4";
  return text;
}();

// Completes on a thread of its own what a puppet was sent.
class Completer {
 public:
  Completer() : thread_([this] { run(); }) {}
  Completer(const Completer&) = delete;
  Completer& operator=(const Completer&) = delete;
  ~Completer() {
    stop_ = true;
    thread_.join();
  }
  void push(const msgr_host* host, std::uint64_t ticket) {
    const std::lock_guard lock(mutex_);
    due_.emplace_back(host, ticket);
  }

 private:
  void run() {
    while (!stop_) {
      std::unique_lock lock(mutex_);
      const auto due = std::exchange(due_, {});
      lock.unlock();
      for (const auto& [host, ticket] : due) host->complete(host, ticket, MSGR_OK, nullptr);
      std::this_thread::yield();
    }
  }

  std::mutex mutex_;
  std::deque<std::pair<const msgr_host*, std::uint64_t>> due_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

constexpr std::size_t senders = 3, sends_each = 4;

// Shuts down at once, a little later in each round, while threads are sending.
void shut_down_at_once(int round, Stage& stage, Ledger& ledger) {
  loader::Message message = hello;
  message.body = long_text;
  std::atomic<std::size_t> started{0};
  std::vector<std::thread> threads;
  for (std::size_t sender = 0; sender != senders; ++sender) {
    threads.emplace_back([&, sender] {
      ++started;
      for (std::size_t i = 0; i != sends_each; ++i) {
        stage.registry.send("m", message, {.timeout = 1h}, ledger.completion(sender * sends_each + i));
      }
    });
  }
  while (started != senders) std::this_thread::yield();
  std::this_thread::sleep_for(std::chrono::microseconds(100 * round));
  stage.registry.shutdown(0ms);
  for (std::thread& thread : threads) thread.join();
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_send_that_reaches_a_parked_messenger_is_answered_and_not_given_to_the_plugin) {
  for (int round = 0; round != 40; ++round) {
    Ledger ledger(senders * sends_each);
    std::atomic<std::size_t> given{0};
    Stage stage;
    Completer completer;
    stage.strings.on_send = [&](const msgr_host* host, const msgr_op* op, const msgr_message*) {
      ++given;
      if (round % 2 == 0) completer.push(host, op->ticket);
    };
    shut_down_at_once(round / 2, stage, ledger);
    BOOST_TEST_REQUIRE(ledger.is_balanced(5s), "round " << round << ": " << ledger.answered() << " answers");
    const std::size_t refused = ledger.ended_as(Outcome::retry) + ledger.ended_as(Outcome::config);
    BOOST_TEST(given + refused <= senders * sends_each);
  }
}

BOOST_AUTO_TEST_CASE(a_result_that_is_being_written_when_its_messenger_is_parked_reaches_the_caller) {
  std::atomic<bool> writing{false}, parked{false}, released{false};
  Answers answers;
  Strings strings;
  std::thread other;
  strings.on_send = [&](const msgr_host* host, const msgr_op* op, const msgr_message*) {
    other = std::thread([=] { host->complete(host, op->ticket, 99, nullptr); });
    while (!released) std::this_thread::sleep_for(1ms);
  };
  // An outcome that does not exist is logged while the result is being written, which holds the writing up.
  const auto log = [&](loader::LogLevel, std::string_view, std::string_view text) {
    if (text.find("parked for ever") != std::string_view::npos) parked = true;
    if (text.find("does not exist") == std::string_view::npos) return;
    writing = true;
    soon([&] { return parked.load(); });
    std::this_thread::sleep_for(50ms);  // past the one look that parking takes at the open ops
  };
  Directory plugins;
  plugins.add("puppet");
  loader::Registry registry({.services = {{TEST_PUPPET_1, static_cast<PuppetMaster*>(&strings)}}, .log = log});
  registry.load({plugins.path()});
  BOOST_REQUIRE(registry.configure("m", "Puppet", "{}").empty());
  std::thread stuck([&] { registry.send("m", hello, {.timeout = 1h}, answers.completion()); });
  BOOST_TEST(soon([&] { return writing.load(); }));
  registry.shutdown(0ms);
  BOOST_TEST(answers.wait(1).size() == 1u);
  released = true;
  stuck.join();
  other.join();
  BOOST_TEST(answers.count() == 1u);
}
