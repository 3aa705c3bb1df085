// SPDX-License-Identifier: Apache-2.0
// What happens when leases end, when the store fails, and when answers come late.
#include <future>

#include "dispatch_site.hpp"
#include "tamper.hpp"

using namespace messenger::test;
using namespace std::chrono_literals;
using messenger::host::MessageStage;

namespace {

struct Site : DispatchSite {
  explicit Site(messenger::host::Dispatcher::Options options = curious(),
                messenger::host::Delivery::Options delivery = {})
      : DispatchSite(std::move(options), std::move(delivery)) {
    put_generic(first, provider.url());
  }
  static messenger::host::Dispatcher::Options curious() {
    auto options = quick();
    options.look_around = 50ms;
    return options;
  }
  void spoil(const std::string& statement) { tamper(options(), statement); }
  // As when the host was held up for longer than the lease.
  std::string accept_and_lose_lease(const messenger::host::Submission& submission) {
    provider.hold();
    const std::string id = accept(submission);
    BOOST_TEST(soon([&] { return provider.count() == 1; }));
    spoil("UPDATE message SET lease_until = 1");
    BOOST_TEST(becomes(id, "unknown"));
    return id;
  }
  std::size_t logged(std::string_view text) {
    const std::string all = output.text();
    std::size_t count = 0;
    for (auto at = all.find(text); at != std::string::npos; at = all.find(text, at + 1)) {
      ++count;
    }
    return count;
  }

  Provider provider;
};

// The triggers of these tests are SQLite's.
boost::unit_test::precondition sqlite_only([](boost::unit_test::test_unit_id) { return !on_postgresql(); });

}  // namespace

BOOST_AUTO_TEST_CASE(a_late_yes_of_the_same_attempt_counts) {
  Site site;
  const std::string id = site.accept_and_lose_lease(site.with_code());
  site.provider.let_go();
  BOOST_TEST(site.becomes(id, "sent"));
  BOOST_TEST(soon([&] { return site.engine->dispatcher().counts().late_answers == 1; }));
  BOOST_TEST(site.engine->dispatcher().counts().leases_ended == 1U);
  BOOST_TEST(site.story(id).starts_with("queued; leased 1; unknown 1; "));
  BOOST_TEST(site.provider.count() == 1U);
}

BOOST_AUTO_TEST_CASE(a_late_no_leads_to_another_attempt) {
  Site site;
  site.provider.next({retry});
  const std::string id = site.accept_and_lose_lease(site.submission());
  site.provider.let_go();
  BOOST_TEST(site.becomes(id, "sent"));
  BOOST_TEST(site.story(id).ends_with("; queued 1 RETRY; leased 2; sent 2 OK"));
  BOOST_TEST(site.provider.count() == 2U);
}

BOOST_AUTO_TEST_CASE(a_late_no_comes_too_late_for_a_text_that_was_wiped) {
  Site site;
  site.provider.next({retry});
  const std::string id = site.accept_and_lose_lease(site.with_code());
  BOOST_TEST(soon([&] { return site.kept(id).content.empty(); }));  // nobody can look for it
  site.provider.let_go();
  BOOST_TEST(site.becomes(id, "failed"));
  BOOST_TEST(site.find(id).at("reason").as_string().ends_with("Its text was wiped meanwhile."));
  BOOST_TEST(site.provider.count() == 1U);
}

BOOST_AUTO_TEST_CASE(a_no_in_time_is_too_late_for_a_text_that_another_host_wiped) {
  Site site;
  site.provider.next({retry});
  site.provider.hold();
  const std::string id = site.accept(site.with_code());
  BOOST_TEST(soon([&] { return site.provider.count() == 1; }));
  site.spoil("UPDATE message SET content = '', stage = 'unknown', due = 0, lease_holder = '', lease_until = 0");
  site.provider.let_go();
  BOOST_TEST(site.becomes(id, "failed"));
  BOOST_TEST(site.find(id).at("reason").as_string().ends_with("Its text was wiped meanwhile."));
  BOOST_TEST(site.provider.count() == 1U);
}

BOOST_AUTO_TEST_CASE(a_message_whose_text_is_gone_is_never_sent) {
  Site site;
  site.engine->dispatcher().stop();
  const std::string gone = site.accept(site.with_code());
  site.spoil("UPDATE message SET content = ''");
  auto without_text = site.submission(DispatchSite::first, "");
  without_text.message.attributes = {{"ContentSid", "HX" + std::string(32, 'b')}};
  const std::string empty = site.accept(without_text);
  site.restart();
  BOOST_TEST(site.becomes(gone, "failed"));
  BOOST_TEST(site.story(gone) == "queued; leased 1; failed 1");
  BOOST_TEST(site.find(gone).at("reason").as_string() == "Not attempted: its text was wiped.");
  BOOST_TEST(site.becomes(empty, "sent"));
  BOOST_TEST(site.provider.count() == 1U);
}

BOOST_AUTO_TEST_CASE(a_message_that_cannot_be_read_holds_up_nobody) {
  Site site;
  site.engine->dispatcher().stop();
  const std::string spoilt = site.accept(site.submission());
  const std::string doubt = site.accept(site.with_code());
  site.spoil("UPDATE message SET envelope = 'AAAA', content = 'AAAA'");
  site.spoil("UPDATE message SET stage = 'unknown', attempts = 1, due = 1 WHERE id = '" + doubt + "'");
  const std::string id = site.accept(site.submission());
  site.restart();
  BOOST_TEST(site.becomes(id, "sent"));
  const auto told = [&site](const std::string& message, MessageStage stage) {
    return soon([&] {
      const auto kept = site.kept(message);
      return kept.stage == stage && kept.due == 0 && kept.reason == "Its text cannot be read.";
    });
  };
  BOOST_TEST(told(spoilt, MessageStage::failed));
  BOOST_TEST(told(doubt, MessageStage::unknown));
  BOOST_TEST(site.provider.count() == 1U);
  BOOST_TEST(site.engine->dispatcher().counts().store_failures == 0U);
}

BOOST_AUTO_TEST_CASE(outcomes_wait_for_a_store_that_fails_and_it_is_told_once) {
  Site site;
  site.provider.hold();
  std::vector<std::string> ids;
  for (int i = 0; i < 10; ++i) {
    ids.push_back(site.accept(site.submission()));
  }
  BOOST_TEST(soon([&] { return site.provider.count() == 10; }));
  site.spoil("ALTER TABLE message RENAME TO hidden");
  site.provider.let_go();
  BOOST_TEST(soon([&] { return site.engine->dispatcher().counts().store_failures > 3; }));
  BOOST_TEST(site.logged("The outbox waits for its store") == 1U);
  site.spoil("ALTER TABLE hidden RENAME TO message");
  for (const std::string& id : ids) {
    BOOST_TEST(site.becomes(id, "sent"));
    BOOST_TEST(site.story(id) == "queued; leased 1; sent 1 OK");
  }
  BOOST_TEST(soon([&] { return site.logged("The outbox has its store again") == 1; }));
  BOOST_TEST(site.provider.count() == 10U);
}

BOOST_AUTO_TEST_CASE(outcomes_wait_for_a_database_that_another_program_holds) {
  Site site;
  site.provider.hold();
  const std::string id = site.accept(site.submission());
  BOOST_TEST(soon([&] { return site.provider.count() == 1; }));
  std::promise<void> held, done;
  auto holder = std::async(std::launch::async, [&] {
    behind(site.options(), [&](messenger::host::Connection& connection) {
      messenger::host::execute(connection, "UPDATE message SET reason = reason");
      held.set_value();
      done.get_future().wait();
    });
  });
  held.get_future().wait();
  site.provider.let_go();
  BOOST_TEST(soon([&] { return site.engine->dispatcher().counts().store_failures > 0; }));
  done.set_value();
  holder.get();
  BOOST_TEST(site.becomes(id, "sent"));
  BOOST_TEST(site.provider.count() == 1U);
}

BOOST_AUTO_TEST_CASE(an_outcome_waits_for_room_however_often_it_was_tried, *sqlite_only) {
  Site site;
  site.engine_options.store.most_bytes = 1'000'000;
  site.restart();
  site.provider.hold();
  const std::string id = site.accept(site.submission());
  BOOST_TEST(soon([&] { return site.provider.count() == 1; }));
  site.spoil("CREATE TABLE filler (bytes)");
  site.spoil(
      "WITH RECURSIVE row (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM row WHERE number < 600)"
      " INSERT INTO filler SELECT zeroblob(4000) FROM row");
  site.spoil(
      "CREATE TRIGGER fill AFTER UPDATE OF history ON message BEGIN INSERT INTO filler VALUES (zeroblob(20000)); END");
  site.provider.let_go();
  BOOST_TEST(soon([&] { return site.engine->dispatcher().counts().store_failures > 4; }));
  BOOST_TEST(site.logged("The database cannot grow") == 1U);
  site.spoil("DELETE FROM filler");
  BOOST_TEST(site.becomes(id, "sent"));
  BOOST_TEST(site.story(id) == "queued; leased 1; sent 1 OK");
  BOOST_TEST(site.provider.count() == 1U);
  BOOST_TEST(site.logged("cannot be recorded") == 0U);
}

BOOST_AUTO_TEST_CASE(nothing_of_a_unit_in_doubt_is_sent_and_all_of_it_later, *sqlite_only) {
  Site site;
  site.spoil(
      "CREATE TRIGGER refuse BEFORE UPDATE OF stage ON message WHEN NEW.stage = 'leased'"
      " BEGIN SELECT RAISE(ABORT, 'refused by the test'); END");
  const std::string id = site.accept(site.submission());
  BOOST_TEST(soon([&] { return site.engine->dispatcher().counts().store_failures > 2; }));
  BOOST_TEST(site.provider.count() == 0U);
  BOOST_TEST(site.state(id) == "queued");
  site.spoil("DROP TRIGGER refuse");
  BOOST_TEST(site.becomes(id, "sent"));
  BOOST_TEST(site.story(id) == "queued; leased 1; sent 1 OK");
  BOOST_TEST(site.provider.count() == 1U);
}

BOOST_AUTO_TEST_CASE(one_that_can_never_be_recorded_holds_up_nobody_and_stays_in_doubt, *sqlite_only) {
  auto options = Site::curious();
  options.lease_margin = 400ms;
  Site site(options, {.timeout = 2s});
  site.spoil(
      "CREATE TRIGGER refuse BEFORE UPDATE OF history ON message WHEN NEW.history LIKE '%REJECTED%'"
      " BEGIN SELECT RAISE(ABORT, 'refused by the test'); END");
  site.provider.next({rejected});
  const std::string cursed = site.accept(site.submission());
  BOOST_TEST(soon([&] { return site.provider.count() == 1; }));
  std::vector<std::string> ids;
  for (int i = 0; i < 5; ++i) {
    ids.push_back(site.accept(site.submission()));
  }
  for (const std::string& id : ids) {
    BOOST_TEST(site.becomes(id, "sent"));
  }
  BOOST_TEST(
      soon([&] { return site.logged("cannot be recorded; its message stays in doubt. messageId=" + cursed) == 1; }));
  BOOST_TEST(site.becomes(cursed, "unknown"));
  BOOST_TEST(site.provider.count() == 6U);
}

BOOST_AUTO_TEST_CASE(an_engine_ends_although_its_store_is_gone_and_what_it_sent_is_never_sent_again) {
  auto options = Site::curious();
  options.lease_margin = 200ms;
  Site site(options, {.timeout = 1s});
  site.provider.hold();
  const std::string id = site.accept(site.submission());
  BOOST_TEST(soon([&] { return site.provider.count() == 1; }));
  site.spoil("ALTER TABLE message RENAME TO hidden");
  site.provider.let_go();
  site.engine.reset();
  BOOST_TEST(site.logged("could not be recorded; their messages stay in doubt") == 1U);
  site.spoil("ALTER TABLE hidden RENAME TO message");
  site.engine.emplace(site.engine_options, site.log);
  BOOST_TEST(site.becomes(id, "unknown"));
  BOOST_TEST(site.provider.count() == 1U);
}
