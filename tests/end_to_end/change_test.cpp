// SPDX-License-Identifier: Apache-2.0
// Both messengers through the HTTP service and sockets while they are replaced, removed and cancelled, and in the end
// shut down: every send completes once, and what its outcome says of the provider is true.
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include "ledger.hpp"
#include "runtime/runtime.hpp"
#include "simulator/simulator.hpp"
#include "traffic.hpp"

using messenger::host::Runtime;
using messenger::loader::Outcome;
using messenger::loader::Result;
using messenger::simulator::Simulator;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t senders = 3, sends_each = 500, sends = senders * sends_each;
constexpr std::size_t most_in_flight = 150;  // each may have a connection, and this process holds both ends

class ChangingHost {
 public:
  ChangingHost() : runtime({}, {}) {
    // Some answers come late enough to be cancelled or to outlive their messenger.
    simulator.add_fault(R"({"path":"/","fault":{"delayMs":20},"times":300,"after":5})");
    simulator.start();
    for (const char* id : {"a", "b"}) configure(id, "Generic");
  }

  void configure(const std::string& id, const std::string& type) {
    boost::json::object config{{"url", simulator.url()}, {"connectTimeout", 5'000}, {"readTimeout", 5'000}};
    if (type == "Twilio") {
      config["accountSID"] = "AC0123456789abcdef0123456789abcdef";
      config["authToken"] = "token";
      config["fromPhoneNumber"] = "+15005550006";
    } else {
      config["url"] = simulator.url() + "/webhook";
    }
    failed_configures += !runtime.registry().configure(id, type, boost::json::serialize(config)).empty();
  }

  messenger::test::TrafficPlan plan() {
    const auto any_id = [](std::minstd_rand& random) { return random() % 2 == 0 ? "a" : "b"; };
    const auto send = [this, any_id](std::size_t index, std::minstd_rand& random) {
      while (begun - ledger.answered() >= most_in_flight) std::this_thread::yield();
      ++begun;
      const std::string body = "message <" + std::to_string(index) + ">";
      return runtime.registry().send(any_id(random), {.to = "+15551230001", .body = body}, {},
                                     [this, index, count = ledger.completion(index)](const Result& result) {
                                       outcomes[index] = result.outcome;
                                       count(result);
                                     });
    };
    const auto change = [this, any_id](std::minstd_rand& random) {
      if (random() % 8 == 0) {
        runtime.registry().remove(any_id(random));
      } else {
        configure(any_id(random), random() % 2 == 0 ? "Generic" : "Twilio");
      }
      std::this_thread::sleep_for(1ms);
    };
    return {.senders = senders, .sends_each = sends_each, .sends_per_change = 10, .send = send, .change = change};
  }

  // How often the provider saw each send.
  std::vector<std::size_t> arrivals() {
    std::vector<std::size_t> counts(sends);
    for (const auto& request : simulator.requests()) {
      const std::string body(request.at("body").as_string());
      const auto at = body.find("message") + sizeof("message ") - 1;
      const auto digits = body.find_first_of("0123456789", body.compare(at, 3, "%3C") == 0 ? at + 3 : at);
      ++counts.at(std::stoul(body.substr(digits)));
    }
    return counts;
  }

  void check_outcomes() {
    const std::vector<std::size_t> arrived = arrivals();
    for (std::size_t i = 0; i != sends; ++i) {
      const Outcome outcome = outcomes[i];
      const std::size_t least = outcome == Outcome::ok ? 1 : 0;
      const std::size_t most = outcome == Outcome::ok || outcome == Outcome::unknown ? 1 : 0;
      BOOST_TEST((arrived[i] >= least && arrived[i] <= most),
                 "send " << i << " ended as " << to_string(outcome) << " and arrived " << arrived[i] << " times");
    }
  }

  messenger::test::Ledger ledger{sends};
  std::vector<std::atomic<Outcome>> outcomes{sends};
  std::atomic<std::size_t> begun{0};
  std::atomic<int> failed_configures{0};
  Simulator simulator;
  Runtime runtime;
};

}  // namespace

BOOST_AUTO_TEST_CASE(both_messengers_are_replaced_removed_and_cancelled_under_load) {
  ChangingHost host;
  messenger::test::Traffic(host.runtime.registry(), host.plan()).finish();
  BOOST_TEST(host.ledger.is_balanced(60s));
  BOOST_TEST(host.failed_configures == 0);
  BOOST_TEST(host.ledger.ended_as(Outcome::ok) > 0u);
  BOOST_TEST(host.runtime.registry().shutdown(30s).parked == 0u);
  host.check_outcomes();
}

BOOST_AUTO_TEST_CASE(both_messengers_are_shut_down_under_load) {
  ChangingHost host;
  messenger::test::Traffic traffic(host.runtime.registry(), host.plan());
  while (host.ledger.answered() < sends / 4) std::this_thread::yield();
  BOOST_TEST(host.runtime.registry().shutdown(30s).parked == 0u);
  traffic.finish();
  BOOST_TEST(host.ledger.is_balanced());
  BOOST_TEST(host.ledger.ended_as(Outcome::config) > 0u);
  host.check_outcomes();
}
