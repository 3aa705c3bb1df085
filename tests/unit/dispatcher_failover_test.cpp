// SPDX-License-Identifier: Apache-2.0
// Routes of several messengers: who is used after whom, sick messengers, priorities and turns.
#include <algorithm>

#include "dispatch_site.hpp"
#include "tamper.hpp"

using namespace messenger::test;
using namespace std::chrono_literals;
using messenger::host::Priority;
using Position = messenger::host::CircuitState::Position;

namespace {

messenger::host::Dispatcher::Options without_pauses() {
  auto options = DispatchSite::quick();
  options.shortest_pause = options.longest_pause = 1h;
  return options;
}

struct Two : DispatchSite {
  explicit Two(messenger::host::Dispatcher::Options options = without_pauses()) : DispatchSite(std::move(options)) {
    put_generic(first, one.url());
    put_generic(second, other.url());
    put_type({});
  }
  Provider one, other;
};

std::string messengers_of(DispatchSite& site, const std::string& id) {
  std::string text;
  const json::object found = site.find(id);
  for (const auto& change : found.at("history").as_array()) {
    if (const auto* outcome = change.as_object().if_contains("outcome")) {
      text.append(text.empty() ? "" : " ").append(outcome->as_string()).append(" ");
      text += change.at("messengerId").as_string().front();
    }
  }
  return text;
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(the_first_is_used_while_it_works, Two) {
  for (int i = 0; i < 5; ++i) {
    BOOST_TEST(becomes(accept(by_type()), "sent"));
  }
  BOOST_TEST(one.count() == 5U);
  BOOST_TEST(other.count() == 0U);
}

BOOST_FIXTURE_TEST_CASE(the_next_takes_at_once_what_was_certainly_not_sent, Two) {
  for (const Answer& unsent : {retry, misconfigured, rejected}) {
    one.next({unsent});
    const std::string id = accept(by_type());
    BOOST_TEST(becomes(id, "sent"));  // without a pause, which would last an hour
    BOOST_TEST(messengers_of(*this, id).ends_with(" a OK b"), messengers_of(*this, id));
    engine->dispatcher().messenger_changed(first);
    BOOST_TEST(soon([&] { return circuit(first) == Position::closed; }));
  }
}

BOOST_FIXTURE_TEST_CASE(nobody_takes_what_may_have_been_sent, Two) {
  one.next({in_doubt});
  const std::string id = accept(by_type());
  BOOST_TEST(becomes(id, "unknown"));
  BOOST_TEST(messengers_of(*this, id) == "UNKNOWN a");
  BOOST_TEST(other.count() == 0U);
}

BOOST_FIXTURE_TEST_CASE(what_all_refuse_has_failed, Two) {
  one.always(rejected);
  other.always(rejected);
  const std::string id = accept(by_type());
  BOOST_TEST(becomes(id, "failed"));
  BOOST_TEST(messengers_of(*this, id) == "REJECTED a REJECTED b");
}

BOOST_AUTO_TEST_CASE(after_all_have_failed_there_is_a_pause_and_who_refused_is_asked_no_more) {
  Two site(DispatchSite::quick());
  site.one.always(rejected);
  site.other.next({retry, retry});
  const std::string id = site.accept(site.by_type());
  BOOST_TEST(site.becomes(id, "sent"));
  BOOST_TEST(messengers_of(site, id) == "REJECTED a RETRY b RETRY b OK b");
  BOOST_TEST(site.one.count() == 1U);
}

BOOST_FIXTURE_TEST_CASE(who_asked_to_wait_is_left_alone_while_the_other_goes_on, Two) {
  one.next({{"429 Too Many Requests", "Retry-After: 3600\r\n"}});
  auto options = quick();
  engine->dispatcher().set_options(options);
  other.next({retry, retry});
  const std::string id = accept(by_type());
  BOOST_TEST(becomes(id, "sent"));
  BOOST_TEST(messengers_of(*this, id) == "RETRY a RETRY b RETRY b OK b");
}

BOOST_FIXTURE_TEST_CASE(by_weight_both_are_used_and_each_stands_in_for_the_other, Two) {
  put_type({{"selection", "weight"},
            {"messengers", json::array{json::object{{"messengerId", first}, {"weight", 3}},
                                       json::object{{"messengerId", second}, {"weight", 1}}}}},
           "c0000000-0000-0000-0000-000000000004");
  auto weighted = by_type();
  weighted.message_type_id = "c0000000-0000-0000-0000-000000000004";
  std::vector<std::string> ids;
  for (int i = 0; i < 120; ++i) {
    ids.push_back(accept(weighted));
  }
  for (const std::string& id : ids) {
    BOOST_TEST(becomes(id, "sent"));
  }
  BOOST_TEST(one.count() > other.count());
  BOOST_TEST(other.count() > 0U);
  one.always(rejected);
  for (int i = 0; i < 5; ++i) {
    BOOST_TEST(becomes(accept(weighted), "sent"));
  }
}

BOOST_AUTO_TEST_CASE(a_sick_first_is_left_alone_and_the_second_does_not_hide_it) {
  auto options = without_pauses();
  options.failures_to_open = 3;
  options.shortest_break = options.longest_break = 1h;
  Two site(options);
  site.one.always(retry);
  for (int i = 0; i < 10; ++i) {
    BOOST_TEST(site.becomes(site.accept(site.by_type()), "sent"));
  }
  // Three in a row; on PostgreSQL the notice that the messenger was made may come in between, and begins the count
  // anew.
  BOOST_TEST(site.one.count() >= 3U);
  BOOST_TEST(site.one.count() <= 5U);
  BOOST_TEST(site.other.count() == 10U);
  BOOST_TEST((site.circuit(site.first) == Position::open));
  BOOST_TEST(soon([&] { return site.events("used in its place").size() == 1; }));
  const auto bypassed = site.events("used in its place");
  BOOST_TEST(bypassed[0].find(std::string("\nMessenger: ") + site.first + " (Generic, " + site.first + ")") !=
             std::string::npos);
  BOOST_TEST(bypassed[0].find(std::string("\nUsed instead: ") + site.second) != std::string::npos);
  const auto opened = site.events("nothing is sent through it");
  BOOST_TEST_REQUIRE(opened.size() == 1U);
  BOOST_TEST(opened[0].find("\nOutcome: RETRY\n") != std::string::npos);
  BOOST_TEST(opened[0].find("\nReason: The message was not sent. HTTP status 429.") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_sick_messenger_is_probed_by_one_message_at_a_time_and_used_again_when_it_is_well) {
  auto options = DispatchSite::quick();
  options.failures_to_open = 3;
  Two site(options);
  site.one.always(retry);
  std::vector<std::string> ids;
  for (int i = 0; i < 20; ++i) {
    ids.push_back(site.accept(site.submission()));
  }
  BOOST_TEST(soon([&] { return site.circuit(site.first) != Position::closed; }));
  BOOST_TEST(soon([&] { return site.one.count() > 24; }));  // 20 may have been under way; then probes
  BOOST_TEST((site.circuit(site.first) != Position::closed));
  site.one.always(accepted);
  for (const std::string& id : ids) {
    BOOST_TEST(site.becomes(id, "sent"));
  }
  BOOST_TEST(soon([&] { return site.circuit(site.first) == Position::closed; }));
  BOOST_TEST(soon([&] { return site.events("it is used again").size() == 1; }));
  BOOST_TEST(site.events("it is used again")[0].starts_with("Information: "));
  BOOST_TEST(site.events("nothing is sent through it").size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_message_type_that_is_gone_keeps_its_messages_waiting, Two) {
  engine->dispatcher().stop();
  auto brief = by_type();
  brief.expires = messenger::host::now_ms() + 600;
  const std::string id = accept(brief);
  engine->store().transact([](messenger::host::Transaction& transaction) {
    transaction.documents.erase(messenger::host::Kind::message_type, type);
  });
  restart();
  BOOST_TEST(becomes(id, "expired"));
  BOOST_TEST(story(id) == "queued; expired");
  BOOST_TEST(
      messenger::test::contains(output.text(), std::string("which is gone or cannot be read. messageType=") + type));
  BOOST_TEST(one.count() + other.count() == 0U);
}

BOOST_FIXTURE_TEST_CASE(a_message_type_that_is_back_has_its_messages_sent, Two) {
  engine->dispatcher().stop();
  const std::string id = accept(by_type());
  tamper(options(), "UPDATE document SET body = 'AAAA' WHERE kind = 'messageType'");
  const std::string other_route = accept(submission());
  restart();
  BOOST_TEST(becomes(other_route, "sent"));
  BOOST_TEST(soon([&] { return messenger::test::contains(output.text(), "which is gone or cannot be read"); }));
  BOOST_TEST(story(id) == "queued");
  put_type({});
  engine->dispatcher().messenger_changed(first);
  BOOST_TEST(becomes(id, "sent"));
  BOOST_TEST(story(id) == "queued; leased 1; sent 1 OK");
}

BOOST_AUTO_TEST_CASE(codes_go_first_and_bulk_that_is_stuck_leaves_them_slots) {
  auto options = DispatchSite::quick();
  options.slots = 8;
  options.slots_per_messenger = 4;
  Two site(options);
  site.one.hold();
  const auto submit = [&](const std::string& text, Priority priority) {
    auto one = site.submission(site.first, text);
    one.priority = priority;
    return site.accept(one);
  };
  std::vector<std::string> bulk;
  for (int i = 0; i < 20; ++i) {
    bulk.push_back(submit("bulk", Priority::bulk));
  }
  BOOST_TEST(soon([&] { return site.one.count("bulk") == 3; }));  // of four slots
  const std::string code = submit("a code", Priority::code);
  BOOST_TEST(soon([&] { return site.one.count("a code") == 1; }));
  BOOST_TEST(site.one.count("bulk") == 3U);
  const std::string notice = submit("a notice", Priority::notice);
  const std::string next = submit("next code", Priority::code);
  // Another messenger is not held up.
  BOOST_TEST(site.becomes(site.accept(site.submission(site.second)), "sent"));
  site.one.let_go();
  for (const std::string& id : {code, notice, next, bulk.back()}) {
    BOOST_TEST(site.becomes(id, "sent"));
  }
  const auto requests = site.one.requests();
  const auto place = [&](const std::string& text) {
    return std::find_if(requests.begin(), requests.end(),
                        [&](const std::string& one) { return one.find(text) != std::string::npos; }) -
           requests.begin();
  };
  BOOST_TEST(place("next code") < 10);
  BOOST_TEST(place("a notice") < 12);
}

BOOST_AUTO_TEST_CASE(a_long_lane_does_not_hold_up_a_short_one) {
  auto options = DispatchSite::quick();
  options.slots = 8;
  Two site(options);
  site.one.hold();
  std::vector<messenger::host::Submission> many(10'000, site.submission(site.first, "of many"));
  BOOST_TEST(site.engine->messages().accept(many).size() == many.size());
  auto few = site.submission(site.first, "of few");
  few.tenant_id = "d0000000-0000-0000-0000-000000000001";
  const std::string id = site.accept(few);
  site.one.let_go();
  BOOST_TEST(site.becomes(id, "sent"));
  BOOST_TEST(site.one.count("of many") < 200U);
  site.one.hold();  // so that the end is quick
}
