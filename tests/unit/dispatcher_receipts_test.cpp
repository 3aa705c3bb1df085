// SPDX-License-Identifier: Apache-2.0
// Receipts that move messages: early, late, repeated and backwards, signed as Twilio signs them.
#include <future>

#include "simulator/twilio/signature.hpp"
#include "twilio_dispatch_site.hpp"

using namespace messenger::test;
using namespace messenger::host;
using namespace std::chrono_literals;

namespace {

Delivery::Options public_delivery() {
  Delivery::Options options;
  options.public_url = "https://sms.example.com";
  return options;
}

struct Site : TwilioDispatchSite {
  explicit Site(Dispatcher::Options options = quick()) : TwilioDispatchSite(std::move(options), public_delivery()) {}

  std::string sid(std::size_t at = 0) { return std::string(simulator.messages().at(at).at("sid").as_string()); }
  /// `query` is that of the URL that the provider was given, or what somebody made of it, signed all the same.
  ReceiptIntake::Verdict tell(const std::string& provider_id, const std::string& status, const std::string& code = {},
                              const std::string& query = {}) {
    messenger::simulator::twilio::Parameters parameters{
        {"AccountSid", account}, {"MessageSid", provider_id}, {"MessageStatus", status}};
    if (!code.empty()) {
      parameters.emplace_back("ErrorCode", code);
    }
    IncomingReceipt receipt;
    receipt.messenger_id = first;
    receipt.query = query;
    for (const auto& [name, value] : parameters) {
      receipt.body.append(receipt.body.empty() ? "" : "&").append(name).append("=").append(value);
    }
    const std::string url = std::string("https://sms.example.com/api/messenger/") + first + "/receipt" + query;
    receipt.headers = {{"X-Twilio-Signature", messenger::simulator::twilio::sign("canary-token", url, parameters)},
                       {"Content-Type", "application/x-www-form-urlencoded"}};
    std::promise<ReceiptIntake::Verdict> verdict;
    engine->receipts().take(std::move(receipt),
                            [&](const ReceiptIntake::Answer& answer) { verdict.set_value(answer.verdict); });
    return verdict.get_future().get();
  }
  std::string send() {
    const std::string id = accept(with_code());
    BOOST_TEST(becomes(id, "sent"));
    return id;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_message_goes_forward_and_never_back_however_often_it_is_told, Site) {
  const std::string id = send();
  BOOST_TEST(kept(id).provider_id == sid());
  for (const char* status : {"queued", "sent", "delivered", "delivered", "sent", "failed", "undelivered"}) {
    BOOST_TEST((tell(sid(), status) == ReceiptIntake::Verdict::kept));
  }
  BOOST_TEST(state(id) == "delivered");
  BOOST_TEST(story(id) == "queued; leased 1; sent 1 OK; delivered 1 DELIVERED");
}

BOOST_FIXTURE_TEST_CASE(what_did_not_arrive_says_so_with_a_code, Site) {
  const std::string id = send();
  tell(sid(), "undelivered", "30003");
  BOOST_TEST(state(id) == "undelivered");
  BOOST_TEST(find(id).at("reason").as_string() ==
             "Its provider says that it could not be delivered. Its code is 30003.");
  tell(sid(), "delivered");
  BOOST_TEST(state(id) == "undelivered");
  const std::string failed = send();
  tell(sid(1), "failed", "30008");
  BOOST_TEST(state(failed) == "failed");
  const std::string canceled = send();
  tell(sid(2), "canceled");
  BOOST_TEST(state(canceled) == "cancelled");
}

BOOST_FIXTURE_TEST_CASE(a_receipt_of_nothing_of_ours_changes_nothing, Site) {
  const std::string id = send();
  BOOST_TEST((tell("SM" + std::string(32, 'f'), "delivered") == ReceiptIntake::Verdict::kept));
  BOOST_TEST(state(id) == "sent");
}

BOOST_AUTO_TEST_CASE(a_receipt_that_comes_before_the_send_is_recorded_is_applied_with_it) {
  Site site;
  site.fault(R"({"drip":{"intervalMs":100,"bytes":60}})");
  const std::string id = site.accept(site.with_code());
  BOOST_TEST(soon([&] { return site.simulator.messages().size() == 1; }));
  BOOST_TEST(site.state(id) == "leased");
  BOOST_TEST((site.tell(site.sid(), "delivered") == ReceiptIntake::Verdict::kept));
  BOOST_TEST(site.state(id) == "leased");
  BOOST_TEST(site.becomes(id, "delivered"));
  BOOST_TEST(site.story(id) == "queued; leased 1; sent 1 OK; delivered 1 DELIVERED");
}

BOOST_AUTO_TEST_CASE(a_receipt_for_a_message_in_doubt_is_applied_when_it_is_found) {
  auto options = DispatchSite::quick();
  options.look_after = {500ms};
  Site site(options);
  site.fault(R"({"reset":"after"})");
  const std::string id = site.accept(site.with_code());
  BOOST_TEST(site.becomes(id, "unknown"));
  site.tell(site.sid(), "undelivered", "30003");
  BOOST_TEST(site.state(id) == "unknown");
  BOOST_TEST(site.becomes(id, "undelivered"));
  BOOST_TEST(site.story(id) == "queued; leased 1; unknown 1 UNKNOWN; sent 1 OK; undelivered 1 UNDELIVERED");
}

BOOST_AUTO_TEST_CASE(a_receipt_that_names_its_message_ends_the_doubt) {
  auto options = DispatchSite::quick();
  options.look_after = {};
  Site site(options);
  site.fault(R"({"reset":"after"})");
  const std::string id = site.accept(site.with_code());
  BOOST_TEST(site.becomes(id, "unknown"));
  const std::string given(site.simulator.requests().at(0).at("body").as_string());
  BOOST_TEST(given.find("receipt%3FmessageId%3D" + id) != std::string::npos, given);
  site.tell(site.sid(), "delivered", "", "?messageId=" + id);
  BOOST_TEST(site.state(id) == "delivered");
  BOOST_TEST(site.kept(id).provider_id == site.sid());
}

BOOST_AUTO_TEST_CASE(a_receipt_that_names_a_message_known_under_another_id_does_not_move_it) {
  Site site;
  const std::string id = site.send();
  site.tell("SM" + std::string(32, 'f'), "failed", "30008", "?messageId=" + id);
  BOOST_TEST(site.state(id) == "sent");
  for (const char* const wrong : {"?messageId=", "?messageId=x", "?other=1", "?messageIds=1"}) {
    BOOST_TEST((site.tell("SM" + std::string(32, 'e'), "failed", "", wrong) == ReceiptIntake::Verdict::kept));
  }
}
