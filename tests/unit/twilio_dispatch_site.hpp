// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>

#include "dispatch_site.hpp"
#include "simulator/simulator.hpp"

namespace messenger::test {

/// A host's engine with a Twilio messenger, `first`, whose provider is the simulator.
struct TwilioDispatchSite : DispatchSite {
  static constexpr const char* account = "AC0123456789abcdef0123456789abcdef";

  explicit TwilioDispatchSite(host::Dispatcher::Options dispatcher = quick(), host::Delivery::Options delivery = {})
      : DispatchSite(std::move(dispatcher), std::move(delivery)), simulator(accounts()) {
    simulator.start();
    put_messenger(first, {{"type", "Twilio"},
                          {"url", simulator.url()},
                          {"accountSID", account},
                          {"authToken", "canary-token"},
                          {"fromPhoneNumber", "+15005550006"}});
  }
  ~TwilioDispatchSite() { BOOST_TEST(output.text().find("canary") == std::string::npos); }
  TwilioDispatchSite(const TwilioDispatchSite&) = delete;
  TwilioDispatchSite& operator=(const TwilioDispatchSite&) = delete;

  static simulator::Options accounts() {
    simulator::Options options;
    options.accounts = {{account, "canary-token"}};
    return options;
  }
  void fault(const std::string& fault, int times = 1) {
    simulator.add_fault(R"({"path":"/2010","times":)" + std::to_string(times) + R"(,"fault":)" + fault + "}");
  }
  /// How many requests of this method the provider got.
  std::ptrdiff_t requests(std::string_view method) {
    const auto all = simulator.requests("/2010");
    return std::count_if(all.begin(), all.end(),
                         [&](const auto& one) { return one.at("method").as_string() == method; });
  }
  /// As a host does that is killed after it leased a message, and perhaps sent it through `first`: its lease is over.
  std::string accept_and_die(const host::Submission& submission, bool sends) {
    engine->dispatcher().stop();
    const std::string id = accept(submission);
    const std::int64_t now = host::now_ms();
    engine->store().transact(
        [&](host::Transaction& transaction) {
          for (const host::LaneHead& lane : transaction.outbox.lanes()) {
            for (const auto& leased : transaction.outbox.lease(lane.lane, 1, now, {"killed", now + 1})) {
              transaction.outbox.assign(leased.message.id, leased.message.attempts, first);
            }
          }
        },
        host::Sharing::rows);
    if (sends) {
      std::promise<void> sent;
      engine->runtime().registry().send(first, {.to = submission.message.to, .body = submission.message.body}, {},
                                        [&](const loader::Result&) { sent.set_value(); });
      sent.get_future().wait();
    }
    return id;
  }

  simulator::Simulator simulator;
};

}  // namespace messenger::test
