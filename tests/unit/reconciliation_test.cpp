// SPDX-License-Identifier: Apache-2.0
// Messages whose send ended in doubt, looked for at a provider that took them and then broke the connection.
#include <algorithm>
#include <boost/test/unit_test.hpp>

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

messenger::host::OutgoingMessage message() {
  messenger::host::OutgoingMessage message;
  message.id = "0e0e0e0e-0000-0000-0000-000000000001";
  message.to = "+15551230001";
  message.body = "Your code is 834112.";
  message.attributes = {{"code", "834112"}};
  message.secret = true;
  return message;
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
    return std::count_if(all.begin(), all.end(), [&](const auto& one) { return one.at("method") == method; });
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
  BOOST_TEST(site.logs("was not found at its provider; it stays in doubt. messageId=" + message().id));
  BOOST_TEST(site.found().empty());
  BOOST_TEST(site.requests("POST") == 1);
  BOOST_TEST(site.requests("GET") == 2);
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
