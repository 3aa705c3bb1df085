// SPDX-License-Identifier: Apache-2.0
// How messages go from status to status, by a clock that the test sets.
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "simulator/twilio/life.hpp"
#include "simulator/twilio/message.hpp"
#include "simulator/twilio/status.hpp"
#include "simulator_support.hpp"

using namespace simulator_test;
using namespace std::chrono_literals;
using Statuses = std::vector<std::string>;

namespace {

struct Course {
  explicit Course(std::chrono::milliseconds step = 100ms) : life{store, step} {
    life.on_change([this](const twilio::Record& changed) {
      statuses.emplace_back(twilio::status_of(changed));
      message = changed.shown;
    });
  }

  twilio::Record& create(const std::string& status, const std::string& to = "+15551230001") {
    twilio::Record record;
    record.account = account;
    record.collection = "/2010-04-01/Accounts/" + account + "/Messages";
    record.sid = "SM" + std::string(32, '1');
    record.shown = {{"status", status},    {"to", to},
                    {"from", nullptr},     {"messaging_service_sid", nullptr},
                    {"price", nullptr},    {"num_segments", "2"},
                    {"date_sent", nullptr}};
    return store.add(std::move(record));
  }

  /// What comes of a message to this recipient.
  Statuses run(const std::string& status, const std::string& to = "+15551230001") {
    life.begin(create(status, to), std::nullopt, now);
    for (int i = 0; i < 10; ++i) life.advance(now += 100ms);
    return statuses;
  }

  twilio::Store store;
  twilio::Life life;
  twilio::Instant now{1'700'000'000s};
  Statuses statuses;
  json::object message;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(life, Course)

BOOST_AUTO_TEST_CASE(a_message_is_delivered_step_by_step) {
  BOOST_TEST(run("queued") == (Statuses{"sending", "sent", "delivered"}), boost::test_tools::per_element());
  BOOST_TEST(text_of(message, "price") == "-0.01500");
  BOOST_TEST(text_of(message, "from") == "+15005550006");
  BOOST_TEST(!life.next().has_value());
}

BOOST_AUTO_TEST_CASE(each_step_takes_its_time) {
  life.begin(create("accepted"), std::nullopt, now);
  BOOST_TEST((life.next() == now + 100ms));
  life.advance(now + 99ms);
  BOOST_TEST(statuses.empty());
  life.advance(now + 100ms);
  BOOST_TEST(statuses == Statuses{"queued"}, boost::test_tools::per_element());
  BOOST_TEST((life.next() == now + 200ms));
}

BOOST_AUTO_TEST_CASE(the_recipients_number_decides_the_end) {
  BOOST_TEST(run("queued", "+15550030003") == (Statuses{"sending", "sent", "undelivered"}),
             boost::test_tools::per_element());
  BOOST_TEST(message.at("error_code").to_number<int>() == 30003);
  Course failing;
  BOOST_TEST(failing.run("queued", "+15550130007") == (Statuses{"sending", "failed"}),
             boost::test_tools::per_element());
  BOOST_TEST(text_of(failing.message, "error_message") == "Carrier violation");
  Course silent;
  BOOST_TEST(silent.run("queued", "+15550200000") == (Statuses{"sending", "sent"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_scheduled_message_waits_even_where_steps_take_no_time) {
  Course still{0ms};
  still.life.begin(still.create("scheduled"), still.now + 1h, still.now);
  still.life.advance(still.now + 59min);
  BOOST_TEST(still.statuses.empty());
  still.life.advance(still.now + 1h);
  BOOST_TEST(still.statuses == Statuses{"queued"}, boost::test_tools::per_element());
  BOOST_TEST(!still.message.at("date_sent").is_null());
  BOOST_TEST(!still.life.next().has_value());
}

BOOST_AUTO_TEST_CASE(a_step_by_hand_ends_the_course) {
  twilio::Record& record = create("queued");
  life.begin(record, std::nullopt, now);
  life.set_status(record, "read", 0, now);
  life.advance(now + 1h);
  BOOST_TEST(statuses == Statuses{"read"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_message_that_was_removed_takes_no_step) {
  const twilio::Record& record = create("queued");
  life.begin(*store.find(account, record.collection, record.sid), std::nullopt, now);
  store.remove(record);
  life.advance(now + 1h);
  BOOST_TEST(statuses.empty());
}

BOOST_AUTO_TEST_CASE(only_an_earlier_step_wakes_the_clock) {
  int woken = 0;
  life.on_earlier([&] { ++woken; });
  life.begin(create("queued"), now + 2h, now);
  life.begin(create("queued"), now + 3h, now);
  BOOST_TEST(woken == 1);
  life.begin(create("queued"), now + 1h, now);
  BOOST_TEST(woken == 2);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_CASE(the_simulator_runs_the_course_on_its_own_clock) {
  Options options;
  options.step = 1ms;
  Running running{options};
  const std::string uri = text_of(body_of(running.exchange(create_message(good_form))), "uri");
  const auto status = [&] { return text_of(body_of(running.exchange(get_messages(uri))), "status"); };
  const auto end = std::chrono::steady_clock::now() + 20s;
  while (status() != "delivered" && std::chrono::steady_clock::now() < end) {
  }
  BOOST_TEST(status() == "delivered");
}

BOOST_AUTO_TEST_CASE(a_finished_message_can_be_deleted_and_an_open_one_canceled) {
  for (const char* open : {"queued", "accepted", "scheduled"}) {
    BOOST_TEST(twilio::is_cancelable(open), open);
    BOOST_TEST(!twilio::is_finished(open), open);
  }
  BOOST_TEST(!twilio::is_finished("sending"));
  for (const char* done : {"sent", "delivered", "undelivered", "failed", "canceled", "read"}) {
    BOOST_TEST(twilio::is_finished(done), done);
    BOOST_TEST(!twilio::is_cancelable(done), done);
  }
}
