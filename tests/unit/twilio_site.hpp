// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host_fixture.hpp"
#include "simulator/simulator.hpp"

namespace messenger::test {

/// A host with a Twilio messenger whose provider is the simulator.
struct TwilioSite {
  static constexpr const char* id = "f49c3b86-91fe-48f7-ae46-d166eead0166";
  static constexpr const char* account = "AC0123456789abcdef0123456789abcdef";

  explicit TwilioSite(host::Delivery::Options options = {}) : simulator(accounts()), host({}, std::move(options)) {
    simulator.start();
    const json::object messenger{{"type", "Twilio"},
                                 {"name", "t"},
                                 {"url", simulator.url()},
                                 {"accountSID", account},
                                 {"authToken", "canary-token"},
                                 {"fromPhoneNumber", "+15005550006"}};
    host.ok("POST", std::string("/api/messenger/") + id, json::serialize(json::object{{"messenger", messenger}}));
  }
  ~TwilioSite() { BOOST_TEST(log.text().find("canary") == std::string::npos); }
  TwilioSite(const TwilioSite&) = delete;
  TwilioSite& operator=(const TwilioSite&) = delete;

  static simulator::Options accounts() {
    simulator::Options options;
    options.accounts = {{account, "canary-token"}};
    return options;
  }

  CapturedLog log;
  simulator::Simulator simulator;
  Host host;
};

}  // namespace messenger::test
