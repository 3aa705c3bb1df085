// SPDX-License-Identifier: Apache-2.0
// What becomes of messages: every outcome of the real plugin, and what follows from it.
#include "dispatch_site.hpp"
#include "tamper.hpp"

#include <future>

using namespace messenger::test;
using namespace std::chrono_literals;
using messenger::host::MessageStage;
using messenger::host::Settled;

BOOST_FIXTURE_TEST_CASE(what_the_provider_accepts_is_sent_and_its_code_is_wiped, DispatchSite) {
  Provider provider;
  put_generic(first, provider.url());
  const std::string id = accept(with_code());
  BOOST_TEST(becomes(id, "sent"));
  BOOST_TEST(story(id) == "queued; leased 1; sent 1 OK");
  const auto message = find(id);
  BOOST_TEST(message.at("reason").as_string() == "The message was accepted by the provider.");
  BOOST_TEST(message.at("to").as_string() == "********0001");
  BOOST_TEST(message.at("userId").as_string() == "00000000-0000-0000-0000-000000000042");
  BOOST_TEST(message.at("wiped").as_bool());
  BOOST_TEST(kept(id).content.empty());
  BOOST_TEST(provider.count("Your code is 834112.") == 1U);
  BOOST_TEST(output.text().find("834112") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(the_provider_gets_the_id_as_its_key_and_the_trace_context, DispatchSite) {
  Provider provider;
  put_generic(first, provider.url());
  auto traced = submission();
  traced.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  const std::string id = accept(traced);
  BOOST_TEST(becomes(id, "sent"));
  BOOST_TEST(provider.count(id) == 1U);
  BOOST_TEST(provider.count("00-0af7651916cd43dd8448eb211c80319c-") == 1U);
  BOOST_TEST(!kept(id).content.empty());
}

BOOST_FIXTURE_TEST_CASE(what_is_certainly_unsent_is_tried_again, DispatchSite) {
  Provider provider;
  provider.next({retry, {"429 Too Many Requests"}});
  put_generic(first, provider.url());
  const std::string id = accept(with_code());
  BOOST_TEST(becomes(id, "sent"));
  BOOST_TEST(story(id) == "queued; leased 1; queued 1 RETRY; leased 2; queued 2 RETRY; leased 3; sent 3 OK");
  const auto history = find(id).at("history").as_array();
  BOOST_TEST(history.at(2).at("reason").as_string().starts_with("The message was not sent. HTTP status 429."));
  BOOST_TEST(provider.count() == 3U);
}

BOOST_FIXTURE_TEST_CASE(nobody_there_is_tried_again_until_the_lifetime_ends, DispatchSite) {
  put_generic(first, "http://127.0.0.1:" + std::to_string(closed_port()) + "/");
  auto brief = with_code();
  brief.expires = messenger::host::now_ms() + 300;
  const std::string id = accept(brief);
  BOOST_TEST(becomes(id, "expired"));
  BOOST_TEST(story(id).starts_with("queued; leased 1; queued 1 RETRY; "));
  BOOST_TEST(story(id).ends_with("; expired"));
  BOOST_TEST(kept(id).content.empty());
}

BOOST_FIXTURE_TEST_CASE(a_refusal_is_final, DispatchSite) {
  Provider provider(rejected);
  put_generic(first, provider.url());
  const std::string id = accept(with_code());
  BOOST_TEST(becomes(id, "failed"));
  BOOST_TEST(story(id) == "queued; leased 1; failed 1 REJECTED");
  BOOST_TEST(kept(id).content.empty());
  BOOST_TEST(provider.count() == 1U);
}

BOOST_FIXTURE_TEST_CASE(doubt_is_never_sent_again_and_a_messenger_that_cannot_look_ends_it, DispatchSite) {
  Provider provider(in_doubt);
  put_generic(first, provider.url());
  const std::string id = accept(with_code());
  BOOST_TEST(becomes(id, "unknown"));
  BOOST_TEST(story(id) == "queued; leased 1; unknown 1 UNKNOWN");
  BOOST_TEST(kept(id).due == 0);
  BOOST_TEST(kept(id).content.empty());
  BOOST_TEST(provider.count() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_wrong_configuration_is_told_and_the_message_goes_when_it_is_mended, DispatchSite) {
  Provider provider(misconfigured);
  auto options = quick();
  options.shortest_break = options.longest_break = options.shortest_pause = options.longest_pause = 1h;
  engine->dispatcher().set_options(options);
  put_generic(first, provider.url());
  const std::string id = accept(submission());
  // The notice that the messenger was made may come behind it, and lead to a second try.
  BOOST_TEST(soon([&] { return story(id).starts_with("queued; leased 1; queued 1 CONFIG"); }));
  BOOST_TEST(soon([&] { return circuit(first) == messenger::host::CircuitState::Position::open; }));
  BOOST_TEST(soon([&] { return !events("nothing is sent through it").empty(); }));
  BOOST_TEST(events("nothing is sent through it")[0].starts_with("Error: "));
  provider.always(accepted);
  put_messenger(first,
                {{"type", "Generic"}, {"url", provider.url()}, {"connectTimeout", 2'001}, {"readTimeout", 5'000}});
  BOOST_TEST(becomes(id, "sent"));
  BOOST_TEST(provider.count() <= 3U);
}

BOOST_FIXTURE_TEST_CASE(what_the_provider_asks_to_wait_is_waited, DispatchSite) {
  Provider provider;
  provider.next({{"429 Too Many Requests", "Retry-After: 1\r\n"}});
  put_generic(first, provider.url());
  const std::string id = accept(submission());
  BOOST_TEST(becomes(id, "sent"));
  const auto history = find(id).at("history").as_array();
  BOOST_TEST_REQUIRE(history.size() == 5U);
  BOOST_TEST(history[3].at("instant").as_int64() - history[2].at("instant").as_int64() >= 1'000);
}

BOOST_FIXTURE_TEST_CASE(a_pause_beyond_the_lifetime_ends_with_it, DispatchSite) {
  Provider provider({"429 Too Many Requests", "Retry-After: 3600\r\n"});
  put_generic(first, provider.url());
  auto brief = submission();
  brief.expires = messenger::host::now_ms() + 300;
  const std::string id = accept(brief);
  BOOST_TEST(becomes(id, "expired"));
  BOOST_TEST(story(id) == "queued; leased 1; queued 1 RETRY; expired");
  BOOST_TEST(soon([&] { return engine->dispatcher().counts().expired == 1; }));
}

BOOST_FIXTURE_TEST_CASE(what_has_expired_while_nobody_was_there_is_never_sent, DispatchSite) {
  Provider provider;
  put_generic(first, provider.url());
  engine->dispatcher().stop();
  auto brief = submission();
  brief.expires = messenger::host::now_ms() + 20;
  const std::string id = accept(brief);
  std::this_thread::sleep_for(30ms);  // its lifetime
  restart();
  BOOST_TEST(becomes(id, "expired"));
  BOOST_TEST(story(id) == "queued; expired");
  BOOST_TEST(provider.count() == 0U);
}

BOOST_FIXTURE_TEST_CASE(many_that_are_old_are_swept_without_a_pause, DispatchSite) {
  engine->dispatcher().stop();
  put_generic(first, "http://127.0.0.1:9/");
  const std::vector<messenger::host::Submission> many(1'200, submission());
  engine->messages().accept(many);
  tamper(options(), "UPDATE message SET stage = 'failed', last_update_instant = 1");
  restart();
  const auto left = [&] { return engine->messages().search({}).at("total").as_int64(); };
  BOOST_TEST(soon([&] { return left() == 0; }));
}

BOOST_FIXTURE_TEST_CASE(many_that_have_expired_hold_up_nobody, DispatchSite) {
  Provider provider;
  put_generic(first, provider.url());
  engine->dispatcher().stop();
  engine->messages().accept(std::vector(3'000, submission()));
  tamper(options(), "UPDATE message SET expires = 1");
  const std::string id = accept(submission());
  restart();
  BOOST_TEST(becomes(id, "sent"));
  BOOST_TEST(soon([&] { return engine->dispatcher().counts().expired == 3'000; }));
  BOOST_TEST(provider.count() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_messenger_that_is_gone_keeps_its_messages_waiting, DispatchSite) {
  Provider provider;
  put_generic(first, provider.url());
  engine->dispatcher().stop();
  const std::string id = accept(submission());
  restart();
  BOOST_TEST(becomes(id, "sent"));
  engine->dispatcher().stop();
  const std::string orphan = accept(submission());
  BOOST_TEST(engine->messengers().erase(first)->empty());
  restart();
  BOOST_TEST(soon([&] { return story(orphan).starts_with("queued; leased 1; queued 1 CONFIG"); }));
  put_generic(first, provider.url());
  BOOST_TEST(becomes(orphan, "sent"));
}

BOOST_FIXTURE_TEST_CASE(who_waits_hears_when_it_is_sent, DispatchSite) {
  Provider provider;
  put_generic(first, provider.url());
  auto one = submission();
  one.message.id = "0e0e0e0e-0000-0000-0000-000000000001";
  std::promise<Settled> heard;
  engine->dispatcher().when_settled(one.message.id, 30s, [&](const Settled& settled) { heard.set_value(settled); });
  accept(one);
  const Settled settled = heard.get_future().get();
  BOOST_TEST((settled.stage == MessageStage::sent));
  BOOST_TEST(settled.reason == "The message was accepted by the provider.");
}

BOOST_FIXTURE_TEST_CASE(who_waits_hears_that_it_goes_on_and_whether_somebody_must_mend_it, DispatchSite) {
  Provider sick(retry), wrong(misconfigured);
  auto options = quick();
  options.shortest_pause = options.longest_pause = options.shortest_break = options.longest_break = 1h;
  engine->dispatcher().set_options(options);
  put_generic(first, sick.url());
  put_generic(second, wrong.url());
  const auto hear = [&](const std::string& messenger, const std::string& id) {
    std::promise<Settled> heard;
    engine->dispatcher().when_settled(id, 30s, [&](const Settled& settled) { heard.set_value(settled); });
    auto one = submission(messenger);
    one.message.id = id;
    accept(one);
    return heard.get_future().get();
  };
  const Settled again = hear(first, "0e0e0e0e-0000-0000-0000-000000000001");
  BOOST_TEST((again.stage == MessageStage::queued));
  BOOST_TEST(!again.misconfigured);
  const Settled mend = hear(second, "0e0e0e0e-0000-0000-0000-000000000002");
  BOOST_TEST((mend.stage == MessageStage::queued));
  BOOST_TEST(mend.misconfigured);
  // The next does not even begin.
  BOOST_TEST(hear(second, "0e0e0e0e-0000-0000-0000-000000000003").misconfigured);
  BOOST_TEST(wrong.count() == 1U);
}

BOOST_FIXTURE_TEST_CASE(who_waits_too_long_hears_where_it_stands, DispatchSite) {
  Provider provider;
  put_generic(first, provider.url());
  provider.hold();
  auto one = submission();
  one.message.id = "0e0e0e0e-0000-0000-0000-000000000001";
  std::promise<Settled> heard, nothing;
  engine->dispatcher().when_settled(one.message.id, 100ms, [&](const Settled& settled) { heard.set_value(settled); });
  accept(one);
  BOOST_TEST((heard.get_future().get().stage == MessageStage::leased));
  engine->dispatcher().when_settled("0e0e0e0e-0000-0000-0000-000000000009", 10ms,
                                    [&](const Settled& settled) { nothing.set_value(settled); });
  BOOST_TEST((nothing.get_future().get().stage == MessageStage::queued));
  provider.let_go();
  BOOST_TEST(becomes(one.message.id, "sent"));
}

BOOST_FIXTURE_TEST_CASE(who_throws_when_told_harms_nobody, DispatchSite) {
  Provider provider;
  put_generic(first, provider.url());
  auto one = submission();
  one.message.id = "0e0e0e0e-0000-0000-0000-000000000001";
  std::promise<Settled> heard;
  engine->dispatcher().when_settled(one.message.id, 30s,
                                    [](const Settled&) { throw std::runtime_error("It failed."); });
  engine->dispatcher().when_settled(one.message.id, 30s, [&](const Settled& settled) { heard.set_value(settled); });
  accept(one);
  BOOST_TEST((heard.get_future().get().stage == MessageStage::sent));
  BOOST_TEST(output.text().find("could not be told: It failed.") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(who_begins_to_wait_when_the_host_ends_hears_of_that, DispatchSite) {
  auto& dispatcher = engine->dispatcher();
  std::vector<std::string> heard;
  dispatcher.when_settled("0e0e0e0e-0000-0000-0000-000000000001", 1h, [&](const Settled& settled) {
    heard.push_back(settled.reason);
    dispatcher.when_settled("0e0e0e0e-0000-0000-0000-000000000002", 1h,
                            [&](const Settled& late) { heard.push_back(late.reason); });
  });
  engine.reset();
  BOOST_TEST((heard == std::vector<std::string>{"The host ended.", "The host ended."}));
}

BOOST_FIXTURE_TEST_CASE(a_queued_message_is_called_off_at_once, DispatchSite) {
  Provider provider;
  put_generic(first, provider.url());
  provider.hold();
  auto options = quick();
  options.slots = 1;
  engine->dispatcher().set_options(options);
  const std::string under_way = accept(submission());
  BOOST_TEST(becomes(under_way, "leased"));
  const std::string id = accept(with_code());
  BOOST_TEST((engine->messages().cancel(id) == MessageStage::cancelled));
  BOOST_TEST(kept(id).content.empty());
  provider.let_go();
  BOOST_TEST(becomes(under_way, "sent"));
  BOOST_TEST(state(id) == "cancelled");
  BOOST_TEST(provider.count() == 1U);
  BOOST_TEST(!engine->messages().cancel("0e0e0e0e-0000-0000-0000-000000000009"));
  BOOST_TEST((engine->messages().cancel(under_way) == MessageStage::sent));
}

BOOST_FIXTURE_TEST_CASE(a_message_under_way_is_called_off_only_if_it_was_certainly_not_sent, DispatchSite) {
  Provider provider;
  put_generic(first, provider.url());
  provider.hold();
  const std::string id = accept(submission());
  BOOST_TEST(soon([&] { return provider.count() == 1; }));
  BOOST_TEST((engine->messages().cancel(id) == MessageStage::leased));
  BOOST_TEST(becomes(id, "unknown"));  // its request had left
  BOOST_TEST(provider.count() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_message_that_is_to_be_called_off_is_not_tried_again, DispatchSite) {
  Provider provider(retry);
  put_generic(first, provider.url());
  provider.hold();
  const std::string id = accept(with_code());
  BOOST_TEST(soon([&] { return provider.count() == 1; }));
  engine->store().transact(  // as by a host whose notice is lost
      [&](messenger::host::Transaction& transaction) {
        transaction.outbox.cancel(id, messenger::host::now_ms(), "Called off.");
      },
      messenger::host::Sharing::rows);
  provider.let_go();
  BOOST_TEST(becomes(id, "cancelled"));
  BOOST_TEST(kept(id).content.empty());
  BOOST_TEST(provider.count() == 1U);
}

BOOST_FIXTURE_TEST_CASE(what_is_queued_is_sent_by_the_next_host, DispatchSite) {
  Provider provider;
  put_generic(first, provider.url());
  engine->dispatcher().stop();
  std::vector<std::string> ids;
  for (int i = 0; i < 100; ++i) {
    ids.push_back(accept(submission(first, "Number " + std::to_string(i))));
  }
  restart();
  for (const std::string& id : ids) {
    BOOST_TEST(becomes(id, "sent"));
  }
  BOOST_TEST(provider.count() == 100U);
  BOOST_TEST(engine->dispatcher().counts().attempts[0] == 100U);
}

BOOST_FIXTURE_TEST_CASE(an_engine_that_ends_records_what_was_under_way, DispatchSite) {
  Provider provider;
  put_generic(first, provider.url());
  provider.hold();
  const std::string id = accept(submission());
  BOOST_TEST(soon([&] { return provider.count() == 1; }));
  engine.reset();
  provider.let_go();
  engine.emplace(engine_options, log);
  BOOST_TEST(story(id) == "queued; leased 1; unknown 1 UNKNOWN");
  BOOST_TEST(provider.count() == 1U);
}

BOOST_AUTO_TEST_CASE(a_stop_while_much_is_leased_says_nothing_against_the_messenger) {
  auto options = DispatchSite::quick();
  options.slots = options.slots_per_messenger = 512;
  DispatchSite site(options);
  Provider provider;
  site.put_generic(DispatchSite::first, provider.url());
  for (int delay = 0; delay <= 16; delay += 4) {
    std::vector<messenger::host::Submission> many(200, DispatchSite::submission());
    site.engine->messages().accept(std::move(many));
    std::this_thread::sleep_for(std::chrono::milliseconds(delay));
    site.restart();
    BOOST_TEST(site.events("shutting down").empty());
    BOOST_TEST(site.events("Outcome: CONFIG").empty());
  }
  messenger::host::MessageSearch queued;
  queued.stages = {messenger::host::MessageStage::queued};
  BOOST_TEST(soon([&] { return site.engine->messages().search(queued).at("total") == 0; }));
}
