// SPDX-License-Identifier: Apache-2.0
// The end of an instance: draining, cancelling, stopping, destroying, parking, and the registry's shutdown.
#include <boost/test/unit_test.hpp>

#include "loader_support.hpp"
#include "service_calls.hpp"

using namespace loader_test;
using loader::Outcome;
using loader::Result;

namespace {

// Counts the ends of instances. Declared before the stage, whose end is the end of the last.
struct Ends {
  void watch(Strings& strings) {
    strings.on_stop = [this](const msgr_host*) {
      ++stopped;
      return 1u;
    };
    strings.on_destroy = [this](const msgr_host*) { ++destroyed; };
  }
  std::atomic<int> stopped{0}, destroyed{0};
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_replaced_instance_is_destroyed_after_its_last_op) {
  Ends ends;
  Stage stage("Puppet", 1024, 10s);
  ends.watch(stage.strings);
  Held held;
  stage.strings.on_send = held.keep();
  stage.registry.send("m", hello, {}, stage.answers.completion());
  BOOST_TEST(stage.registry.configure("m", "Puppet", "{}").empty());
  stage.registry.send("m", hello, {}, stage.answers.completion());
  BOOST_TEST(held.ops.at(0).host != held.ops.at(1).host);
  std::this_thread::sleep_for(30ms);
  BOOST_TEST(ends.destroyed == 0);
  held.complete(0);
  BOOST_TEST(soon([&] { return ends.destroyed == 1; }));
  BOOST_TEST(ends.stopped == 1);
  held.complete(1);
  BOOST_TEST(stage.answers.wait(2).size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_send_to_a_removed_messenger_is_config) {
  Stage stage;
  BOOST_TEST(stage.registry.remove("m"));
  BOOST_TEST((stage.registry.send("m", hello).outcome == Outcome::config));
}

BOOST_AUTO_TEST_CASE(destroy_runs_on_a_thread_of_the_loaders) {
  Stage stage;
  std::atomic<bool> own{false}, destroyed{false};
  const auto test = std::this_thread::get_id();
  stage.strings.on_destroy = [&](const msgr_host*) {
    own = std::this_thread::get_id() != test;
    destroyed = true;
  };
  stage.registry.send("m", hello, {}, [&](const Result&) { stage.registry.remove("m"); });
  BOOST_TEST(soon([&] { return destroyed.load(); }));
  BOOST_TEST(own);
}

BOOST_AUTO_TEST_CASE(a_callers_completion_holds_the_instance) {
  Ends ends;
  Stage stage("Puppet", 1024, 10s);
  ends.watch(stage.strings);
  stage.registry.send("m", hello, {}, [&](const Result&) {
    stage.registry.remove("m");
    std::this_thread::sleep_for(30ms);
    BOOST_TEST(ends.destroyed == 0);
  });
  BOOST_TEST(soon([&] { return ends.destroyed == 1; }));
}

BOOST_AUTO_TEST_CASE(a_services_call_holds_the_instance_and_is_measured) {
  Ends ends;
  Stage stage("Puppet", 1024, 10s);
  ends.watch(stage.strings);
  const msgr_host* host = nullptr;
  stage.strings.on_send = [&](const msgr_host* given, const msgr_op* op, const msgr_message*) {
    host = given;
    given->complete(given, op->ticket, MSGR_OK, nullptr);
  };
  stage.registry.send("m", hello);
  host->enter(host);
  host->enter(host);
  stage.registry.remove("m");
  std::this_thread::sleep_for(30ms);
  BOOST_TEST(ends.destroyed == 0);
  host->leave(host);
  host->leave(host);
  BOOST_TEST(soon([&] { return ends.destroyed == 1; }));
  BOOST_TEST(stage.registry.stats().slow_calls >= 1u);
  BOOST_TEST(stage.log.has("m: the plugin held a service's thread for 5 ms or more"));
}

BOOST_AUTO_TEST_CASE(the_hosts_own_slowness_is_counted_as_its_own) {
  Stage stage;
  Held held;
  stage.strings.on_send = held.keep();
  stage.registry.send("m", hello, {}, [](const Result&) { std::this_thread::sleep_for(10ms); });
  const msgr_host* const host = held.ops.at(0).host;
  host->enter(host);
  held.complete(0);
  host->leave(host);
  BOOST_TEST(stage.registry.stats().slow_completions == 1u);
}

// With times given, as on a busy machine any real call may be interrupted for 5 ms.
BOOST_AUTO_TEST_CASE(a_services_call_is_measured_without_the_hosts_time_and_once) {
  const int one = 0, other = 0;
  loader::ServiceCalls calls;
  calls.enter(&one, 100);
  calls.exclude(30);
  BOOST_TEST(calls.leave(&one, 150) == 20);
  BOOST_TEST(!calls.any());
  calls.enter(&one, 100);
  calls.enter(&other, 110);
  calls.enter(&one, 120);
  calls.exclude(5);
  BOOST_TEST(calls.leave(&one, 130) == 0);  // within the outer call of the same one
  BOOST_TEST(calls.leave(&other, 140) == 25);
  BOOST_TEST(calls.leave(&one, 150) == 45);
  BOOST_TEST(calls.leave(&one, 160) == 0);  // entered on another thread
}

BOOST_AUTO_TEST_CASE(a_leave_without_enter_is_counted_and_harmless) {
  Stage stage;
  stage.strings.on_send = [](const msgr_host* host, const msgr_op* op, const msgr_message*) {
    host->leave(host);
    host->complete(host, op->ticket, MSGR_OK, nullptr);
  };
  BOOST_TEST((stage.registry.send("m", hello).outcome == Outcome::ok));
  BOOST_TEST(stage.registry.stats().unbalanced_leaves == 1u);
}

BOOST_AUTO_TEST_CASE(open_sends_are_cancelled_at_the_drain_timeout) {
  Ends ends;
  Stage stage("Puppet", 1024, 500ms);
  ends.watch(stage.strings);
  Held held;
  std::atomic<int> cancelled{0};
  stage.strings.on_send = held.keep();
  stage.strings.on_cancel = [&](const msgr_host* host, std::uint64_t ticket) {
    ++cancelled;
    host->complete(host, ticket, MSGR_CANCELLED, nullptr);
  };
  for (int i = 0; i != 40; ++i) stage.registry.send("m", hello, {}, stage.answers.completion());
  stage.registry.remove("m");
  std::this_thread::sleep_for(10ms);
  BOOST_TEST(cancelled == 0);
  BOOST_TEST((stage.answers.wait(40).at(0).outcome == Outcome::cancelled));
  BOOST_TEST(soon([&] { return ends.destroyed == 1; }));
  BOOST_TEST(cancelled == 40);
}

BOOST_AUTO_TEST_CASE(what_does_not_end_is_parked_and_its_callers_answered) {
  Held held;
  {
    Ends ends;
    Stage stage("Puppet", 1024, 50ms);
    ends.watch(stage.strings);
    stage.strings.on_send = held.keep();
    stage.registry.send("m", hello, {}, stage.answers.completion());
    stage.registry.remove("m");
    BOOST_TEST((stage.answers.wait(1).at(0).outcome == Outcome::unknown));
    BOOST_TEST(soon([&] { return stage.registry.stats().parked == 1; }));
    BOOST_TEST(stage.log.has("m: parked for ever"));
    held.complete(0);
    BOOST_TEST(stage.registry.stats().late_completions == 1u);
    stage.registry.shutdown(1s);
    BOOST_TEST(ends.stopped == 0);
    BOOST_TEST(ends.destroyed == 0);
    BOOST_TEST(stage.answers.count() == 1u);
  }
  const msgr_host* const host = held.ops.at(0).host;
  host->complete(host, 12345678, MSGR_OK, nullptr);  // harmless long after the registry is gone
  host->log(host, MSGR_LOG_ERROR, {"x", 1});
  BOOST_TEST(host->get_extension(host, TEST_PUPPET_1) == nullptr);
}

BOOST_AUTO_TEST_CASE(a_completion_after_destroy_is_counted) {
  Ends ends;
  Stage stage;
  ends.watch(stage.strings);
  const msgr_host* host = nullptr;
  std::uint64_t ticket = 0;
  stage.strings.on_send = [&](const msgr_host* given, const msgr_op* op, const msgr_message*) {
    host = given;
    ticket = op->ticket;
    given->complete(given, ticket, MSGR_OK, nullptr);
  };
  stage.registry.send("m", hello);
  stage.registry.remove("m");
  BOOST_TEST(soon([&] { return ends.destroyed == 1; }));
  host->complete(host, ticket, MSGR_OK, nullptr);
  BOOST_TEST(stage.registry.stats().foreign_completions == 1u);
  BOOST_TEST(stage.log.has("m: the plugin completed a ticket that it does not have"));
}

BOOST_AUTO_TEST_CASE(a_plugin_with_threads_of_its_own_is_stopped) {
  Stage stage("Worker");
  for (int i = 0; i != 100; ++i) stage.registry.send("m", hello, {}, stage.answers.completion());
  BOOST_TEST(stage.answers.wait(100).size() == 100u);
  const loader::ShutdownReport report = stage.registry.shutdown(5s);
  BOOST_TEST(report.drained == 1u);
  BOOST_TEST(report.parked == 0u);
}

BOOST_AUTO_TEST_CASE(shutdown_answers_everybody_once_and_refuses_the_rest) {
  Stage stage("Puppet", 1024, 10s);
  BOOST_TEST(stage.registry.configure("s", "NeverCompletes", "{}").empty());
  stage.strings.on_send = [](const msgr_host*, const msgr_op*, const msgr_message*) {};
  stage.strings.on_cancel = [](const msgr_host* host, std::uint64_t ticket) {
    host->complete(host, ticket, MSGR_CANCELLED, nullptr);
  };
  for (int i = 0; i != 50; ++i) {
    stage.registry.send("m", hello, {}, stage.answers.completion());
    stage.registry.send("s", hello, {}, stage.answers.completion());
  }
  const auto before = std::chrono::steady_clock::now();
  const loader::ShutdownReport report = stage.registry.shutdown(400ms);
  BOOST_TEST((std::chrono::steady_clock::now() - before < 2s));
  BOOST_TEST(report.drained == 1u);
  BOOST_TEST(report.parked == 1u);
  BOOST_TEST(stage.answers.count() == 100u);
  const Result result = stage.registry.send("m", hello);
  BOOST_TEST((result.outcome == Outcome::config));
  BOOST_TEST(result.detail == "shutting down");
  BOOST_CHECK_THROW(stage.registry.configure("x", "Echo", "{}"), loader::Error);
  BOOST_TEST(stage.registry.shutdown(1s).parked == 1u);
}

BOOST_AUTO_TEST_CASE(shutdown_keeps_its_deadline_when_a_plugin_never_returns_from_destroy) {
  static std::atomic<bool> released{false};  // a thread of the loader's is left in the plugin until then
  static std::atomic<bool> returned{false};
  {
    auto* const strings = new Strings;  // used by that thread when the test is over
    strings->on_destroy = [](const msgr_host*) {
      while (!released) std::this_thread::sleep_for(1ms);
      returned = true;
    };
    Directory plugins;
    plugins.add("puppet");
    loader::Registry registry({.services = {{TEST_PUPPET_1, static_cast<PuppetMaster*>(strings)}}, .log = {}});
    registry.load({plugins.path()});
    BOOST_TEST(registry.configure("m", "Puppet", "{}").empty());
    const auto before = std::chrono::steady_clock::now();
    const loader::ShutdownReport report = registry.shutdown(100ms);
    BOOST_TEST((std::chrono::steady_clock::now() - before < 2s));
    BOOST_TEST(report.drained == 0u);
    BOOST_TEST(report.parked == 1u);
    static Strings* kept = strings;
    (void)kept;
  }
  released = true;
  BOOST_TEST(soon([&] { return returned.load(); }));
  std::this_thread::sleep_for(20ms);
}

BOOST_AUTO_TEST_CASE(shutdown_within_a_completion_throws) {
  Stage stage;
  bool threw = false;
  stage.registry.send("m", hello, {}, [&](const Result&) {
    try {
      stage.registry.shutdown(1s);
    } catch (const loader::Error&) {
      threw = true;
    }
  });
  BOOST_TEST(threw);
}
