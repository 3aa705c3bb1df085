// SPDX-License-Identifier: Apache-2.0
// Messages whose send ended in doubt, looked for at a provider that took them and then broke the connection.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <ctime>

#include "delivery/receipt_book.hpp"
#include "twilio_dispatch_site.hpp"

using namespace messenger::test;

namespace {

messenger::host::Dispatcher::Options looking_after(std::vector<std::chrono::milliseconds> delays) {
  auto options = DispatchSite::quick();
  options.look_after = std::move(delays);
  return options;
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

struct Site : TwilioDispatchSite {
  explicit Site(std::vector<std::chrono::milliseconds> delays) : TwilioDispatchSite(looking_after(std::move(delays))) {}

  std::vector<std::string> found() { return events("The message in doubt was found"); }
  // Whether the log says this, soon.
  bool logs(std::string_view text) {
    return soon([&] { return output.text().find(text) != std::string::npos; });
  }
  // Whose the message is that the provider has, by its place in the order of their creation.
  std::string owner(std::size_t at) {
    const std::string sid(simulator.messages().at(at).at("sid").as_string());
    const auto known = messenger::host::ReceiptBook(engine->store()).find(first, sid);
    return known ? std::string(known->at("messageId").as_string()) : "nobody";
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_message_that_was_taken_before_the_connection_broke_is_found) {
  Site site({std::chrono::milliseconds(20)});
  site.fault(R"({"reset":"after"})");
  const std::string id = site.accept(site.with_code());
  BOOST_TEST(site.becomes(id, "sent"));
  BOOST_TEST(site.story(id) == "queued; leased 1; unknown 1 UNKNOWN; sent 1 OK");
  BOOST_TEST(site.kept(id).content.empty());
  BOOST_TEST(site.kept(id).provider_id.starts_with("SM"));
  BOOST_TEST(soon([&] { return site.found().size() == 1; }));
  const auto found = site.found();
  BOOST_TEST(found[0].starts_with("Information: The message in doubt was found at its provider.\nOutcome: OK\n"));
  BOOST_TEST(found[0].find("\nMessage: " + id) != std::string::npos);
  BOOST_TEST(found[0].find("\nProvider id: SM") != std::string::npos);
  BOOST_TEST(found[0].find("\nEvidence: {") != std::string::npos);
  BOOST_TEST(found[0].find("834112") == std::string::npos);
  BOOST_TEST(found[0].find("5551230001") == std::string::npos);
  BOOST_TEST(site.engine->dispatcher().counts().found == 1U);
}

BOOST_AUTO_TEST_CASE(it_is_looked_for_again_when_looking_failed_and_while_lists_lag) {
  Site site({std::chrono::milliseconds(10), std::chrono::milliseconds(10), std::chrono::milliseconds(10)});
  site.fault(R"({"close":"after"})");
  site.fault(R"({"status":503})");
  site.fault(R"({"status":200,"contentType":"application/json","body":"{\"messages\":[],\"next_page_uri\":null}"})");
  const std::string id = site.accept(site.with_code());
  BOOST_TEST(site.becomes(id, "sent"));
  BOOST_TEST(site.kept(id).looks == 3);
}

BOOST_AUTO_TEST_CASE(what_never_arrived_stays_in_doubt_and_is_never_sent_again) {
  Site site({std::chrono::milliseconds(10), std::chrono::milliseconds(10)});
  site.fault(R"({"status":500})");
  const std::string id = site.accept(site.with_code());
  BOOST_TEST(site.logs("was not surely found at its provider; it stays in doubt. messageId=" + id));
  BOOST_TEST(site.state(id) == "unknown");
  BOOST_TEST(site.kept(id).due == 0);
  BOOST_TEST(site.kept(id).content.empty());
  BOOST_TEST(site.found().empty());
  BOOST_TEST(site.requests("POST") == 1);
  BOOST_TEST(site.requests("GET") == 2);
}

BOOST_AUTO_TEST_CASE(what_another_message_of_ours_became_is_not_taken_for_it) {
  Site site({std::chrono::milliseconds(300), std::chrono::milliseconds(10)});
  site.fault(R"({"status":500})");
  const std::string lost = site.accept(site.with_code());
  BOOST_TEST(site.becomes(lost, "unknown"));
  const std::string sent = site.accept(site.with_code());
  BOOST_TEST(site.becomes(sent, "sent"));
  BOOST_TEST(site.logs("was not surely found at its provider; it stays in doubt. messageId=" + lost));
  BOOST_TEST(site.state(lost) == "unknown");
  BOOST_TEST(site.found().empty());
  BOOST_TEST(site.owner(0) == sent);
}

BOOST_AUTO_TEST_CASE(of_two_in_doubt_only_one_is_found_where_only_one_arrived) {
  Site site({std::chrono::milliseconds(300)});
  site.fault(R"({"status":500})");
  site.fault(R"({"reset":"after"})");
  const std::string one = site.accept(site.with_code());
  BOOST_TEST(site.becomes(one, "unknown"));
  const std::string other = site.accept(site.with_code());
  BOOST_TEST(site.logs("it stays in doubt."));
  BOOST_TEST(soon([&] { return site.found().size() == 1; }));
  const auto found = site.found();
  BOOST_TEST(found[0].find("\nMessage: " + site.owner(0)) != std::string::npos);
  BOOST_TEST((site.state(one) == "sent") != (site.state(other) == "sent"));
}

BOOST_AUTO_TEST_CASE(what_was_created_long_after_the_attempt_is_not_it) {
  constexpr std::chrono::seconds delay(4), slack_of_twilio(15);
  Site site({delay});
  site.fault(R"({"status":500})");
  const auto code = site.with_code();
  const std::string id = site.accept(code);
  BOOST_TEST(site.becomes(id, "unknown"));
  const auto created = std::chrono::system_clock::now() + slack_of_twilio + std::chrono::seconds(2);
  const json::object later{{"sid", "SM" + std::string(32, 'a')}, {"to", code.message.to}, {"from", "+15005550006"},
                           {"body", code.message.body},          {"status", "queued"},    {"direction", "outbound-api"},
                           {"date_created", mail_date(created)}};
  const json::object list{{"messages", {later}}, {"next_page_uri", nullptr}};
  site.fault(json::serialize(
      json::object{{"status", 200}, {"contentType", "application/json"}, {"body", json::serialize(list)}}));
  BOOST_TEST(site.logs("was not surely found at its provider; it stays in doubt."));
  BOOST_TEST(site.state(id) == "unknown");
}

BOOST_AUTO_TEST_CASE(what_could_not_be_looked_for_is_told_so) {
  Site site({std::chrono::milliseconds(10), std::chrono::milliseconds(10)});
  site.fault(R"({"reset":"after"})");
  site.fault(R"({"status":503})", 2);
  const std::string id = site.accept(site.with_code());
  BOOST_TEST(site.logs("could not be looked for; it stays in doubt. messageId=" + id));
  BOOST_TEST(site.requests("GET") == 2);
}

BOOST_AUTO_TEST_CASE(a_messenger_that_may_not_look_is_asked_once) {
  Site site({std::chrono::milliseconds(10), std::chrono::milliseconds(10)});
  site.fault(R"({"reset":"after"})");
  site.fault(R"({"status":400})");
  const std::string id = site.accept(site.with_code());
  BOOST_TEST(site.logs("could not be looked for; it stays in doubt. messageId=" + id));
  BOOST_TEST(site.requests("GET") == 1);
}

BOOST_AUTO_TEST_CASE(a_message_without_a_text_is_looked_for_and_stays_in_doubt) {
  Site site({std::chrono::milliseconds(10)});
  auto content = site.with_code();
  content.message.body.clear();
  content.message.attributes = {{"ContentSid", "HX" + std::string(32, 'b')}};
  site.fault(R"({"reset":"after"})");
  const std::string id = site.accept(content);
  BOOST_TEST(site.logs("was not surely found at its provider; it stays in doubt. messageId=" + id));
  BOOST_TEST(site.requests("GET") == 1);
}

BOOST_AUTO_TEST_CASE(what_was_in_doubt_when_a_host_ended_is_found_by_the_next) {
  Site site({std::chrono::milliseconds(1'000)});
  site.fault(R"({"reset":"after"})");
  const std::string id = site.accept(site.with_code());
  BOOST_TEST(site.becomes(id, "unknown"));
  BOOST_TEST(!site.kept(id).content.empty());
  site.restart();
  BOOST_TEST(site.becomes(id, "sent"));
  BOOST_TEST(site.story(id) == "queued; leased 1; unknown 1 UNKNOWN; sent 1 OK");
  BOOST_TEST(site.requests("POST") == 1);
}

BOOST_AUTO_TEST_CASE(a_message_whose_host_was_killed_is_looked_for_where_it_may_be) {
  Site site({std::chrono::milliseconds(10)});
  site.put_type({});
  site.put_generic(DispatchSite::second, "http://127.0.0.1:9/");
  const std::string found = site.accept_and_die(site.by_type("It arrived."), true);
  const std::string lost = site.accept_and_die(site.by_type("It did not."), false);
  site.restart();
  BOOST_TEST(site.becomes(found, "sent"));
  BOOST_TEST(site.story(found) == "queued; leased 1; unknown 1; sent 1 OK");
  BOOST_TEST(soon([&] { return site.kept(lost).due == 0; }));
  BOOST_TEST(site.state(lost) == "unknown");
  BOOST_TEST(site.engine->dispatcher().counts().leases_ended == 2U);
  BOOST_TEST(site.simulator.messages().size() == 1U);
}
