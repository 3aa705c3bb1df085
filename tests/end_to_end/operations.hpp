// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "print_outcome.hpp"
#include "runtime/runtime.hpp"
#include "simulator/simulator.hpp"

namespace messenger::test {

inline constexpr const char* account = "AC0123456789abcdef0123456789abcdef";

/// A Twilio messenger whose provider is the simulator, by way of the loader, the HTTP service and a socket.
class Provider {
 public:
  explicit Provider(const std::string& token = "canary-token", int read_timeout_ms = 300)
      : simulator_(options()), runtime_({}, [this](auto, std::string_view, std::string_view text) { log(text); }) {
    simulator_.start();
    const boost::json::object config{{"url", simulator_.url()}, {"accountSID", account},
                                     {"authToken", token},      {"fromPhoneNumber", "+15005550006"},
                                     {"connectTimeout", 2'000}, {"readTimeout", read_timeout_ms}};
    const auto issues = runtime_.registry().configure("m", "Twilio", boost::json::serialize(config));
    BOOST_TEST_REQUIRE(issues.empty(), (issues.empty() ? "" : issues.front().pointer + issues.front().text));
  }
  Provider(const Provider&) = delete;
  Provider& operator=(const Provider&) = delete;
  ~Provider() { BOOST_TEST(logged_.find("canary") == std::string::npos); }

  /// What an operation gives out and how it ends.
  struct Done {
    loader::Result result{};
    std::vector<std::string> outputs{};
    /// The only output, a JSON object.
    [[nodiscard]] boost::json::object object() const {
      BOOST_TEST_REQUIRE(outputs.size() == 1U, result.detail);
      return boost::json::parse(outputs[0]).as_object();
    }
    [[nodiscard]] std::string text(std::string_view name) const { return std::string(object().at(name).as_string()); }
  };
  using Taker = std::function<bool(std::string_view)>;

  Done call(std::string_view operation, const boost::json::object& input = {}, const Taker& taker = {}) {
    Done done;
    done.result =
        runtime_.registry().call("m", operation, boost::json::serialize(input), {}, [&](std::string_view json) {
          done.outputs.emplace_back(json);
          return !taker || taker(json);
        });
    BOOST_TEST(done.result.detail.find("canary") == std::string::npos);
    return done;
  }
  struct Started {
    std::uint64_t ticket;
    std::future<loader::Outcome> outcome;
  };
  /// Starts an operation, lets its outputs go, and does not wait for it; also while another one gives out.
  Started start(std::string_view operation, const boost::json::object& input) {
    const auto outcome = std::make_shared<std::promise<loader::Outcome>>();
    const auto ticket =
        runtime_.registry().call("m", operation, boost::json::serialize(input), {}, {},
                                 [outcome](const loader::Result& result) { outcome->set_value(result.outcome); });
    return {ticket, outcome->get_future()};
  }
  void cancel(const Started& started) { runtime_.registry().cancel(started.ticket); }
  loader::Result send(std::string_view body = "Your code is canary-code", std::string_view to = "+15551230001") {
    return runtime_.registry().send("m", {.to = to, .body = body, .secret = true}, {});
  }
  void fault(const std::string& fault) { simulator_.add_fault(R"({"path":"/","fault":)" + fault + "}"); }
  simulator::Simulator& simulator() { return simulator_; }

 private:
  static simulator::Options options() {
    simulator::Options all;
    all.accounts = {{account, "canary-token"}};
    return all;
  }
  void log(std::string_view text) {
    const std::lock_guard lock(mutex_);
    logged_.append(text).append("\n");
  }

  std::mutex mutex_;
  std::string logged_;  // guarded by mutex_
  simulator::Simulator simulator_;
  host::Runtime runtime_;
};

/// The members of one name, of outputs that are JSON objects.
inline std::vector<std::string> texts(const Provider::Done& done, std::string_view name) {
  std::vector<std::string> all;
  for (const std::string& output : done.outputs) {
    all.emplace_back(boost::json::parse(output).at(name).as_string());
  }
  return all;
}

}  // namespace messenger::test
