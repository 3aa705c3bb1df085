// SPDX-License-Identifier: Apache-2.0
// Messages whose send ended in doubt, looked for at a provider that took them and then broke the connection.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <ctime>

#include "delivery/receipt_book.hpp"
#include "print_outcome.hpp"
#include "twilio_site.hpp"

using namespace messenger::test;
using messenger::loader::Outcome;

namespace {

messenger::host::Delivery::Options options(std::vector<std::chrono::milliseconds> delays) {
  messenger::host::Delivery::Options options;
  options.reconcile_after = std::move(delays);
  return options;
}

messenger::host::OutgoingMessage message(char last = '1') {
  messenger::host::OutgoingMessage message;
  message.id = std::string("0e0e0e0e-0000-0000-0000-00000000000") + last;
  message.to = "+15551230001";
  message.body = "Your code is 834112.";
  message.attributes = {{"code", "834112"}};
  message.secret = true;
  return message;
}

// As Twilio writes dates.
std::string mail_date(std::chrono::system_clock::time_point instant) {
  const std::time_t time = std::chrono::system_clock::to_time_t(instant);
  std::tm utc{};
  ::gmtime_r(&time, &utc);
  char text[sizeof "Sun, 22 Nov 2026 09:15:00 +0000"];
  static_cast<void>(std::strftime(text, sizeof text, "%a, %d %b %Y %T +0000", &utc));
  return text;
}

struct Site : TwilioSite {
  explicit Site(std::vector<std::chrono::milliseconds> delays) : TwilioSite(options(std::move(delays))) {}

  void fault(const std::string& fault, int times = 1) {
    simulator.add_fault(R"({"path":"/2010","times":)" + std::to_string(times) + R"(,"fault":)" + fault + "}");
  }
  // The Information entries, once there are so many or after five seconds.
  std::vector<std::string> found(std::size_t count) {
    for (int i = 0; i != 500 && found().size() < count; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return found();
  }
  // The Information entries there are.
  std::vector<std::string> found() {
    std::vector<std::string> texts;
    for (const auto& event : host.events()) {
      if (event.at("type") == "Information") {
        texts.emplace_back(event.at("message").as_string());
      }
    }
    return texts;
  }
  // How many requests of this method the provider got.
  std::ptrdiff_t requests(std::string_view method) {
    const auto all = simulator.requests("/2010");
    return std::count_if(all.begin(), all.end(),
                         [&](const auto& one) { return one.at("method").as_string() == method; });
  }
  // Whose the message is that the provider has, by its place in the order of their creation.
  std::string owner(std::size_t at) {
    const std::string sid(simulator.messages().at(at).at("sid").as_string());
    const auto known = messenger::host::ReceiptBook(host.store()).find(TwilioSite::id, sid);
    return known ? std::string(known->at("messageId").as_string()) : "nobody";
  }
  // Whether the log says this, within five seconds.
  bool logs(std::string_view text) const {
    for (int i = 0; i != 500 && log.text().find(text) == std::string::npos; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return log.text().find(text) != std::string::npos;
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_message_that_was_taken_before_the_connection_broke_is_found) {
  Site site({std::chrono::milliseconds(20)});
  site.fault(R"({"reset":"after"})");
  BOOST_TEST(site.host.send(TwilioSite::id, message()).outcome == Outcome::unknown);
  const auto found = site.found(1);
  BOOST_TEST_REQUIRE(found.size() == 1U);
  BOOST_TEST(found[0].starts_with("The message in doubt was found at its provider.\nOutcome: OK\n"));
  BOOST_TEST(found[0].find("\nMessage: 0e0e0e0e-0000-0000-0000-000000000001") != std::string::npos);
  BOOST_TEST(found[0].find("\nProvider id: SM") != std::string::npos);
  BOOST_TEST(found[0].find("\nEvidence: {") != std::string::npos);
  BOOST_TEST(found[0].find("834112") == std::string::npos);
  BOOST_TEST(found[0].find("5551230001") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(it_is_looked_for_again_when_looking_failed_and_while_lists_lag) {
  Site site({std::chrono::milliseconds(10), std::chrono::milliseconds(10), std::chrono::milliseconds(10)});
  site.fault(R"({"close":"after"})");
  site.fault(R"({"status":503})");
  site.fault(R"({"status":200,"contentType":"application/json","body":"{\"messages\":[],\"next_page_uri\":null}"})");
  BOOST_TEST(site.host.send(TwilioSite::id, message()).outcome == Outcome::unknown);
  BOOST_TEST(site.found(1).size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_never_arrived_stays_in_doubt_and_is_never_sent_again) {
  Site site({std::chrono::milliseconds(10), std::chrono::milliseconds(10)});
  site.fault(R"({"status":500})");
  BOOST_TEST(site.host.send(TwilioSite::id, message()).outcome == Outcome::unknown);
  BOOST_TEST(site.logs("was not surely found at its provider; it stays in doubt. messageId=" + message().id));
  BOOST_TEST(site.found().empty());
  BOOST_TEST(site.requests("POST") == 1);
  BOOST_TEST(site.requests("GET") == 2);
}

BOOST_AUTO_TEST_CASE(what_another_message_of_ours_became_is_not_taken_for_it) {
  Site site({std::chrono::milliseconds(300), std::chrono::milliseconds(10)});
  site.fault(R"({"status":500})");
  BOOST_TEST(site.host.send(TwilioSite::id, message('1')).outcome == Outcome::unknown);
  BOOST_TEST(site.host.send(TwilioSite::id, message('2')).outcome == Outcome::ok);
  BOOST_TEST(site.logs("was not surely found at its provider; it stays in doubt. messageId=" + message('1').id));
  BOOST_TEST(site.found().empty());
  BOOST_TEST(site.owner(0) == message('2').id);
}

BOOST_AUTO_TEST_CASE(of_two_in_doubt_only_one_is_found_where_only_one_arrived) {
  Site site({std::chrono::milliseconds(300)});
  site.fault(R"({"status":500})");
  site.fault(R"({"reset":"after"})");
  BOOST_TEST(site.host.send(TwilioSite::id, message('1')).outcome == Outcome::unknown);
  BOOST_TEST(site.host.send(TwilioSite::id, message('2')).outcome == Outcome::unknown);
  BOOST_TEST(site.logs("it stays in doubt."));
  const auto found = site.found(1);
  BOOST_TEST_REQUIRE(found.size() == 1U);
  BOOST_TEST(found[0].find("\nMessage: " + site.owner(0)) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_was_created_long_after_the_attempt_is_not_it) {
  constexpr std::chrono::seconds delay(4), slack_of_twilio(15);
  Site site({delay});
  site.fault(R"({"status":500})");
  BOOST_TEST(site.host.send(TwilioSite::id, message()).outcome == Outcome::unknown);
  const auto created = std::chrono::system_clock::now() + slack_of_twilio + std::chrono::seconds(2);
  const json::object later{{"sid", "SM" + std::string(32, 'a')},
                           {"to", message().to},
                           {"from", "+15005550006"},
                           {"body", message().body},
                           {"status", "queued"},
                           {"direction", "outbound-api"},
                           {"date_created", mail_date(created)}};
  const json::object list{{"messages", {later}}, {"next_page_uri", nullptr}};
  site.fault(json::serialize(
      json::object{{"status", 200}, {"contentType", "application/json"}, {"body", json::serialize(list)}}));
  BOOST_TEST(site.logs("was not surely found at its provider; it stays in doubt."));
  BOOST_TEST(site.found().empty());
}

BOOST_AUTO_TEST_CASE(what_could_not_be_looked_for_is_told_so) {
  Site site({std::chrono::milliseconds(10), std::chrono::milliseconds(10)});
  site.fault(R"({"reset":"after"})");
  site.fault(R"({"status":503})", 2);
  BOOST_TEST(site.host.send(TwilioSite::id, message()).outcome == Outcome::unknown);
  BOOST_TEST(site.logs("could not be looked for; it stays in doubt. messageId=" + message().id));
  BOOST_TEST(site.requests("GET") == 2);
}

BOOST_AUTO_TEST_CASE(a_messenger_that_may_not_look_is_asked_once) {
  Site site({std::chrono::milliseconds(10), std::chrono::milliseconds(10)});
  site.fault(R"({"reset":"after"})");
  site.fault(R"({"status":400})");
  BOOST_TEST(site.host.send(TwilioSite::id, message()).outcome == Outcome::unknown);
  BOOST_TEST(site.logs("could not be looked for; it stays in doubt. messageId=" + message().id));
  BOOST_TEST(site.requests("GET") == 1);
}

BOOST_AUTO_TEST_CASE(a_message_without_a_text_is_looked_for_and_stays_in_doubt) {
  Site site({std::chrono::milliseconds(10)});
  auto content = message();
  content.body.clear();
  content.attributes = {{"ContentSid", "HX" + std::string(32, 'b')}};
  site.fault(R"({"reset":"after"})");
  BOOST_TEST(site.host.send(TwilioSite::id, content).outcome == Outcome::unknown);
  BOOST_TEST(site.logs("was not surely found at its provider; it stays in doubt. messageId=" + content.id));
  BOOST_TEST(site.requests("GET") == 1);
}

BOOST_AUTO_TEST_CASE(a_host_that_ends_forgets_what_it_was_looking_for) {
  Site site({std::chrono::hours(1)});
  site.fault(R"({"reset":"after"})");
  BOOST_TEST(site.host.send(TwilioSite::id, message()).outcome == Outcome::unknown);
  const auto begin = std::chrono::steady_clock::now();
  site.host.stop();
  BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(30)));
  site.host.start();
}
