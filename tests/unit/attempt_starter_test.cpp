// SPDX-License-Identifier: Apache-2.0
// What becomes of leased attempts before they begin.
#include "delivery/attempt_starter.hpp"

#include <boost/test/unit_test.hpp>
#include <future>
#include <map>
#include <mutex>

#include "delivery/attempt.hpp"
#include "delivery/message_content.hpp"
#include "dispatch_site.hpp"

using namespace messenger::host;
using namespace messenger::test;
using namespace std::chrono_literals;

namespace {

// A starter on a site's engine; the messages are in no outbox, so that the engine's dispatcher has none of them.
struct Starter : DispatchSite {
  ReadyAttempt ready(const std::string& id, Priority priority = Priority::notice) {
    NewMessage made;
    made.id = id;
    made.envelope = envelope_text(submission().message, {});
    made.content = content_text(submission().message);
    const SealedMessage sealed = engine->store().seal(made);
    ReadyAttempt ready;
    ready.attempt = std::make_shared<LeasedAttempt>();
    ready.attempt->id = id;
    ready.attempt->messenger_id = first;
    ready.attempt->priority = priority;
    ready.attempt->attempt = 1;
    ready.attempt->latest_begin = now_ms() + 60'000;
    ready.message.message.id = id;
    ready.message.message.expires = now_ms() + 60'000;
    ready.message.envelope = sealed.envelope;
    ready.message.content = sealed.content;
    return ready;
  }
  ReadyAttempt called_off(const std::string& id, Priority priority = Priority::notice) {
    ReadyAttempt made = ready(id, priority);
    made.attempt->is_called_off = true;
    return made;
  }
  void begin(ReadyAttempt one) {
    std::vector<ReadyAttempt> attempts;
    attempts.push_back(std::move(one));
    starter.begin(std::move(attempts));
  }

  // The thread that begins attempts waits here at the end of the first of them.
  void hold() {
    begin(called_off("held"));
    held.get_future().get();
  }
  void end(Ending ending) {
    if (ending.attempt->id == "held") {
      held.set_value();
      let_go.get_future().get();
    }
    const std::lock_guard lock(mutex);
    told.push_back(std::move(ending));
  }
  std::vector<Ending> endings() {
    const std::lock_guard lock(mutex);
    return told;
  }
  std::string order() {
    std::string ids;
    for (const Ending& ending : endings()) {
      ids += ending.attempt->id + " ";
    }
    return ids;
  }

  Delivery delivery{engine->messengers(), engine->runtime(), engine->store(), log, {}};
  std::promise<void> held, let_go;
  std::mutex mutex;
  std::vector<Ending> told;  // guarded by mutex
  AttemptStarter starter{delivery, engine->runtime().registry(), engine->store(),
                         [this](Ending ending) { end(std::move(ending)); }};
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(codes_begin_before_notices_and_these_before_campaigns, Starter) {
  hold();
  begin(called_off("bulk", Priority::bulk));
  begin(called_off("notice"));
  begin(called_off("code", Priority::code));
  begin(called_off("second code", Priority::code));
  let_go.set_value();
  starter.wait_for_begun();
  BOOST_TEST(order() == "held code second code notice bulk ");
}

BOOST_FIXTURE_TEST_CASE(what_is_called_off_while_it_waits_to_begin_does_not_begin, Starter) {
  Provider provider;
  put_generic(first, provider.url());
  hold();
  ReadyAttempt waits = ready("waits");
  const auto attempt = waits.attempt;
  begin(std::move(waits));
  starter.call_off(*attempt);
  let_go.set_value();
  starter.wait_for_begun();
  const Ending ending = endings().at(1);
  BOOST_TEST((ending.course == Course::not_begun));
  BOOST_TEST(ending.text.reason == "Called off before it began.");
  BOOST_TEST(provider.count() == 0U);
}

BOOST_FIXTURE_TEST_CASE(what_waited_too_long_to_end_within_its_lease_does_not_begin, Starter) {
  Provider provider;
  put_generic(first, provider.url());
  ReadyAttempt late = ready("late");
  late.attempt->latest_begin = now_ms() - 1;
  begin(std::move(late));
  starter.wait_for_begun();
  const Ending ending = endings().at(0);
  BOOST_TEST((ending.course == Course::not_begun));
  BOOST_TEST(ending.text.reason == "Not begun: the host was held up.");
  BOOST_TEST(provider.count() == 0U);
}

BOOST_FIXTURE_TEST_CASE(what_does_not_open_is_not_sent, Starter) {
  ReadyAttempt damaged = ready("damaged");
  damaged.message.content.front() = damaged.message.content.front() == 'A' ? 'B' : 'A';
  begin(std::move(damaged));
  starter.wait_for_begun();
  BOOST_TEST((endings().at(0).course == Course::unreadable));
}

BOOST_FIXTURE_TEST_CASE(what_begins_is_at_its_provider_once, Starter) {
  Provider provider;
  put_generic(first, provider.url());
  begin(ready("begins"));
  BOOST_TEST_REQUIRE(soon([&] { return !endings().empty(); }));
  const Ending ending = endings().front();
  BOOST_TEST((ending.course == Course::begun));
  BOOST_TEST((ending.how->result.outcome == messenger::loader::Outcome::ok), ending.how->result.detail);
  BOOST_TEST(provider.count() == 1U);
}

BOOST_FIXTURE_TEST_CASE(nothing_that_was_given_is_left_when_it_goes, Starter) {
  std::map<std::string, int> ended;
  std::mutex one;
  {
    AttemptStarter own(delivery, engine->runtime().registry(), engine->store(), [&](const Ending& ending) {
      const std::lock_guard lock(one);
      ++ended[ending.attempt->id];
    });
    for (int number = 0; number != 100; ++number) {
      std::vector<ReadyAttempt> attempts;
      attempts.push_back(called_off(std::to_string(number)));
      own.begin(std::move(attempts));
    }
  }
  BOOST_TEST(ended.size() == 100U);
}
