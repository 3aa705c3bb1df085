// SPDX-License-Identifier: Apache-2.0
#include "chaos.hpp"

#include <array>
#include <thread>

namespace messenger::crash {

namespace {

// Refusals that are sure, answers that are lost after the message was taken, and everything in between.
constexpr std::array faults{
    R"({"status":503})",
    R"({"status":429,"headers":{"Retry-After":"1"},"body":"{\"code\":20429,\"message\":\"slow down\"}"})",
    R"({"truncate":0})",
    R"({"truncate":20})",
    R"({"silence":true})",
    R"({"delayMs":700})",
    R"({"drip":{"intervalMs":20,"bytes":40}})",
    R"({"delayMs":2500})",
    R"({"reset":"before"})",
    R"({"reset":"after"})",
    R"({"close":"after"})",
    R"({"garbage":true})",
    R"({"reset":"accept"})",
    R"({"html":502})",
};

}  // namespace

Chaos::Chaos(const Plan& plan, Fleet& fleet, std::function<void(const std::string& rule)> fault,
             std::function<void()> restart_database)
    : fleet_(fleet), fault_(std::move(fault)), restart_database_(std::move(restart_database)), dice_(plan.seed, 1) {}

void Chaos::run_until(const std::function<bool()>& enough) {
  while (!enough()) {
    std::this_thread::sleep_for(dice_.between(100, 600));
    harm();
  }
}

void Chaos::harm() {
  const std::size_t host = dice_.below(fleet_.size());
  const std::size_t kind = dice_.below(10);
  if (kind < 3) {
    ++done_["kills"];
    fleet_.kill(host);
    std::this_thread::sleep_for(dice_.between(0, 500));
    fleet_.start(host);
  } else if (kind == 3) {
    ++done_["pauses"];
    fleet_.pause(host);
    std::this_thread::sleep_for(dice_.between(1'000, 5'000));  // a lease lasts three seconds
    fleet_.resume(host);
  } else if (kind == 4 && restart_database_) {
    ++done_["database restarts"];
    restart_database_();
  } else {
    harm_provider();
  }
}

void Chaos::harm_provider() {
  ++done_["provider faults"];
  const std::string fault = faults.at(dice_.below(faults.size()));
  fault_(R"({"path":"/2010-04-01","fault":)" + fault + R"(,"times":)" + std::to_string(1 + dice_.below(15)) + "}");
}

}  // namespace messenger::crash
