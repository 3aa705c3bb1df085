// SPDX-License-Identifier: Apache-2.0
// Where and when completions run, and plugins that complete late, twice, elsewhere or never.
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "loader_support.hpp"

using namespace loader_test;
using loader::Outcome;
using loader::Result;

BOOST_AUTO_TEST_CASE(a_late_completion_is_counted_and_frees_the_slot) {
  Stage stage("Puppet", 1);
  Held held;
  stage.strings.on_send = held.keep();
  BOOST_TEST((stage.registry.send("m", hello, {.timeout = 20ms}).outcome == Outcome::unknown));
  BOOST_TEST((stage.registry.send("m", hello).outcome == Outcome::retry));  // the plugin may still use the op's memory
  BOOST_TEST(held.ops.at(0).message->body.len == 5u);
  held.complete(0);
  BOOST_TEST(stage.registry.stats().late_completions == 1u);
  stage.strings.on_send = Strings().on_send;
  BOOST_TEST((stage.registry.send("m", hello).outcome == Outcome::ok));
}

BOOST_AUTO_TEST_CASE(another_messengers_ticket_is_foreign) {
  Stage stage;
  Held held;
  stage.strings.on_send = held.keep();
  BOOST_TEST(stage.registry.configure("other", "Puppet", "{}").empty());
  stage.registry.send("m", hello, {}, stage.answers.completion());
  stage.registry.send("other", hello, {}, stage.answers.completion());
  const msgr_host* const other = held.ops.at(1).host;
  other->complete(other, held.ops.at(0).op->ticket, MSGR_REJECTED, nullptr);
  BOOST_TEST(stage.answers.count() == 0u);
  BOOST_TEST(stage.registry.stats().foreign_completions == 1u);
  held.complete(0);
  held.complete(1);
  BOOST_TEST(stage.answers.wait(2).size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_completion_never_runs_inside_the_plugins_send) {
  Stage stage;
  bool inside = false, ran_inside = false;
  stage.strings.on_send = [&](const msgr_host* host, const msgr_op* op, const msgr_message*) {
    inside = true;
    host->complete(host, op->ticket, MSGR_OK, nullptr);
    std::thread([&] { BOOST_TEST(stage.answers.count() == 0u); }).join();
    inside = false;
  };
  stage.registry.send("m", hello, {}, [&](const Result&) { ran_inside = inside; });
  BOOST_TEST(!ran_inside);
}

BOOST_AUTO_TEST_CASE(a_completion_on_another_thread_waits_for_send_to_return) {
  Stage stage;
  std::atomic<bool> inside{false};
  std::atomic<int> answered{0}, ran_inside{0};
  stage.strings.on_send = [&](const msgr_host* host, const msgr_op* op, const msgr_message*) {
    inside = true;
    const msgr_result result{sizeof(msgr_result), 0, 0, {"from afar", 9}, {}, {}};
    std::thread([&] { host->complete(host, op->ticket, MSGR_OK, &result); }).join();
    std::this_thread::sleep_for(10ms);
    ran_inside += answered;
    inside = false;
  };
  stage.registry.send("m", hello, {}, [&](const Result& result) {
    BOOST_TEST(result.provider_id == "from afar");
    ++answered;
  });
  BOOST_TEST(ran_inside == 0);
  BOOST_TEST(answered == 1);
}

BOOST_AUTO_TEST_CASE(twenty_thousand_sends_chained_through_completions_do_not_grow_the_stack) {
  Stage stage("Echo", 1);
  int left = 20'000;
  const char* first = nullptr;
  std::ptrdiff_t depth = 0;
  std::function<void(const Result&)> next = [&](const Result& result) {
    BOOST_REQUIRE((result.outcome == Outcome::ok));
    // Not the address of a local, which a sanitizer may place elsewhere.
    const auto* const here = static_cast<const char*>(__builtin_frame_address(0));
    if (first == nullptr) first = here;
    depth = std::max(depth, std::abs(first - here));
    if (--left > 0) stage.registry.send("m", hello, {}, next);
  };
  stage.registry.send("m", hello, {}, next);
  BOOST_TEST(left == 0);
  BOOST_TEST(depth < 64 * 1024);
}

BOOST_AUTO_TEST_CASE(refused_sends_chained_through_completions_do_not_grow_the_stack_either) {
  Stage stage;
  int left = 20'000;
  std::function<void(const Result&)> next = [&](const Result&) {
    if (--left > 0) stage.registry.send("nobody", hello, {}, next);
  };
  stage.registry.send("nobody", hello, {}, next);
  BOOST_TEST(left == 0);
}

BOOST_AUTO_TEST_CASE(the_blocking_form_within_a_completion_throws) {
  Stage stage;
  bool threw = false;
  stage.registry.send("m", hello, {}, [&](const Result&) {
    try {
      stage.registry.send("m", hello);
    } catch (const loader::Error& error) {
      threw = error.kind() == loader::Error::Kind::would_block;
    }
  });
  BOOST_TEST(threw);
}

BOOST_AUTO_TEST_CASE(a_send_that_throws_keeps_the_outcome_that_it_gave_before) {
  Stage stage;
  stage.strings.on_send = [](const msgr_host* host, const msgr_op* op, const msgr_message*) {
    host->complete(host, op->ticket, MSGR_REJECTED, nullptr);
    throw 1;
  };
  BOOST_TEST((stage.registry.send("m", hello).outcome == Outcome::rejected));
  BOOST_TEST(stage.registry.stats().plugin_exceptions == 1u);
  BOOST_TEST(stage.registry.stats().second_completions == 0u);
  BOOST_TEST(stage.registry.messengers().at(0).in_flight == 0u);
}

BOOST_AUTO_TEST_CASE(a_completion_that_throws_is_caught_and_logged) {
  Stage stage;
  stage.registry.send("m", hello, {}, [](const Result&) { throw 1; });
  stage.registry.send("nobody", hello, {}, [](const Result&) { throw 1; });
  BOOST_TEST(stage.registry.stats().completion_exceptions == 2u);
  BOOST_TEST(stage.log.has("m: a completion of the host threw"));
  BOOST_TEST((stage.registry.send("m", hello).outcome == Outcome::ok));
}

BOOST_AUTO_TEST_CASE(a_send_that_hangs_does_not_keep_its_caller_waiting) {
  Stage stage;
  std::atomic<bool> released{false};
  stage.strings.on_send = [&](const msgr_host* host, const msgr_op* op, const msgr_message*) {
    const std::uint64_t ticket = op->ticket;
    while (!released) std::this_thread::sleep_for(1ms);
    host->complete(host, ticket, MSGR_OK, nullptr);
  };
  std::thread stuck([&] { stage.registry.send("m", hello, {.timeout = 50ms}, stage.answers.completion()); });
  BOOST_TEST((stage.answers.wait(1).at(0).outcome == Outcome::unknown));
  BOOST_TEST(soon([&] { return stage.registry.stats().stuck_sends == 1; }));
  released = true;
  stuck.join();
  BOOST_TEST(stage.registry.stats().late_completions == 1u);
  BOOST_TEST(stage.answers.count() == 1u);
  BOOST_TEST(stage.registry.stats().slow_calls == 1u);
}

BOOST_AUTO_TEST_CASE(a_result_that_came_while_send_hangs_is_given_at_the_deadline) {
  Stage stage;
  std::atomic<bool> released{false};
  stage.strings.on_send = [&](const msgr_host* host, const msgr_op* op, const msgr_message*) {
    std::thread([&] { host->complete(host, op->ticket, MSGR_REJECTED, nullptr); }).join();
    while (!released) std::this_thread::sleep_for(1ms);
  };
  std::thread stuck([&] { stage.registry.send("m", hello, {.timeout = 50ms}, stage.answers.completion()); });
  BOOST_TEST((stage.answers.wait(1).at(0).outcome == Outcome::rejected));
  released = true;
  stuck.join();
  BOOST_TEST(stage.answers.count() == 1u);
  BOOST_TEST(stage.registry.messengers().at(0).in_flight == 0u);
}
