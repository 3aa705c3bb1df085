// SPDX-License-Identifier: Apache-2.0
// Receipts that anybody may have sent: how many are looked at, and what is told of those that are refused.
#include "delivery/receipt_intake.hpp"

#include <boost/test/unit_test.hpp>
#include <future>

#include "twilio_site.hpp"

using namespace messenger::host;
using namespace messenger::test;
using namespace std::chrono_literals;

namespace {

using Verdict = ReceiptIntake::Verdict;

struct Site : TwilioSite {
  static ReceiptIntake::Options options(std::chrono::milliseconds tell_every = 1h) {
    ReceiptIntake::Options options;
    options.public_url = "https://sms.example.com";
    options.tell_every = tell_every;
    return options;
  }
  static IncomingReceipt forged() { return {id, "", "MessageStatus=sent", {{"X-Twilio-Signature", "x"}}, "request-1"}; }

  void open(ReceiptIntake::Options options) { intake.emplace(host.runtime(), host.store(), log_, std::move(options)); }
  Verdict take() {
    std::promise<Verdict> verdict;
    intake->take(forged(), [&](const ReceiptIntake::Answer& answer) { verdict.set_value(answer.verdict); });
    return verdict.get_future().get();
  }
  // What the entries say of how many were refused.
  std::vector<std::string> told() {
    std::vector<std::string> counts;
    for (const auto& event : host.events()) {
      const std::string text(event.at("message").as_string());
      counts.push_back(text.substr(text.rfind(' ') + 1));
    }
    return counts;
  }

  Log log_;
  std::optional<ReceiptIntake> intake;
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_flood_is_turned_away_unread_and_what_waits_is_looked_at_one_by_one, Site) {
  auto few = options();
  few.most_waiting = 2;
  open(few);
  std::promise<void> entered, unblock;
  intake->take(forged(), [&](const ReceiptIntake::Answer&) {
    entered.set_value();
    unblock.get_future().wait();
  });
  entered.get_future().wait();
  std::vector<Verdict> verdicts;
  const auto keep = [&](const ReceiptIntake::Answer& answer) { verdicts.push_back(answer.verdict); };
  for (int i = 0; i < 5; ++i) {
    intake->take(forged(), keep);
  }
  BOOST_TEST((verdicts == std::vector(3, Verdict::busy)));
  unblock.set_value();
  intake.reset();
  BOOST_TEST((verdicts == std::vector{Verdict::busy, Verdict::busy, Verdict::busy, Verdict::forged, Verdict::forged}));
}

BOOST_FIXTURE_TEST_CASE(the_first_that_is_refused_is_told_of_at_once_and_the_rest_at_the_end, Site) {
  auto one = options();
  one.per_second = 0.1;  // and one at once
  open(one);
  BOOST_TEST((take() == Verdict::forged));
  for (int i = 0; i < 4; ++i) {
    BOOST_TEST((take() == Verdict::too_many));
  }
  BOOST_TEST((told() == std::vector<std::string>{"1"}));
  intake.reset();
  BOOST_TEST((told() == std::vector<std::string>{"1", "4"}));
}

BOOST_FIXTURE_TEST_CASE(the_rest_is_told_of_in_the_meantime_and_then_the_next_at_once, Site) {
  open(options(300ms));
  for (int i = 0; i < 3; ++i) {
    BOOST_TEST((take() == Verdict::forged));
  }
  for (int i = 0; i != 500 && told().size() < 2; ++i) {
    std::this_thread::sleep_for(10ms);
  }
  BOOST_TEST((told() == std::vector<std::string>{"1", "2"}));
  std::this_thread::sleep_for(400ms);  // in which none is refused
  take();
  take();
  intake.reset();
  BOOST_TEST((told() == std::vector<std::string>{"1", "2", "1", "1"}));
}
