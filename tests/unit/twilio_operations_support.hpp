// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

#include "support/fake_host.hpp"

namespace messenger::test {

inline const std::string hex = "0123456789abcdef0123456789abcdef";
inline const std::string account_path = "/2010-04-01/Accounts/AC" + hex;

inline const msgr_plugin& twilio() {
  return *Library(MESSENGER_PLUGIN_DIR "/messenger_twilio.so").plugin();
}

/// With "#" for 32 hexadecimal digits.
inline std::string filled(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c == '#' ? hex : std::string(1, c);
  }
  return out;
}

inline std::string twilio_config(const std::string& more = "", const std::string& url = "https://api.twilio.com") {
  return R"({"url":")" + url + R"(","accountSID":"AC)" + hex + R"(","authToken":"CANARY-token")" +
         (more.empty() ? "" : ",") + more + "}";
}

/// A Twilio messenger on a fake host.
struct Calls {
  explicit Calls(const std::string& config = twilio_config()) : instance(host, twilio(), config) {
    BOOST_TEST_REQUIRE(static_cast<bool>(instance), instance.problems().texts);
  }

  /// Runs the operation; "#" in its input stands for 32 hexadecimal digits.
  void call(std::string_view operation, std::string_view input = "{}", std::uint64_t ticket = 1) {
    instance.call(operation, filled(input), {.ticket = ticket});
  }
  void answer(std::uint32_t status, std::string_view body = "") {
    host.answer({.status = status, .body = filled(body)});
  }
  const Completion& completion() const { return host.completions.at(0); }

  FakeHost host;
  Instance instance;
};

}  // namespace messenger::test
