// SPDX-License-Identifier: Apache-2.0
// `messenger-host serve` and a provider, as programs of their own, and a user who logs in by SMS.
#pragma once

#include <signal.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "api_client.hpp"
#include "certificate.hpp"
#include "process.hpp"

namespace messenger::test {

namespace json = boost::json;

inline const std::string bin = MESSENGER_BIN_DIR;
inline const std::string key = "canary-api-key-8d1f";
inline const std::string phone = "+15551230001";

/// A running host on a database in a directory of the test.
class Host {
 public:
  explicit Host(const TemporaryDirectory& directory, const std::vector<std::string>& more = {},
                const std::vector<std::string>& environment = {"MESSENGER_HOST_API_KEY=" + key})
      : process_(arguments(directory, more), environment) {
    const std::string line = process_.read_line();
    url_ = line.substr(line.rfind(' ') + 1);
  }

  static std::vector<std::string> arguments(const TemporaryDirectory& directory, const std::vector<std::string>& more) {
    std::vector<std::string> all{
        bin + "/messenger-host", "serve",      "--database", "sqlite:" + directory.path("host.db"),
        "--http-ranges",         "127.0.0.0/8"};
    const auto unless_given = [&](const std::string& flag, const std::string& value) {
      if (std::find(more.begin(), more.end(), flag) == more.end()) {
        all.insert(all.end(), {flag, value});
      }
    };
    unless_given("--allow-ranges", "127.0.0.0/8");
    unless_given("--listen", "127.0.0.1:0");
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }

  ApiClient client(const std::string& with = key) const { return ApiClient(url_, with); }
  const std::string& url() const { return url_; }
  Process& process() { return process_; }
  Finished stop() {
    process_.signal(SIGTERM);
    return process_.wait();
  }

 private:
  Process process_;
  std::string url_;
};

inline std::string twilio(const std::string& url) {
  return json::serialize(json::object{{"messenger", json::object{{"type", "Twilio"},
                                                                 {"name", "Twilio Messenger"},
                                                                 {"url", url},
                                                                 {"debug", true},
                                                                 {"accountSID", "AC0123456789abcdef0123456789abcdef"},
                                                                 {"authToken", "canary-token-8d1f"},
                                                                 {"fromPhoneNumber", "+15005550006"}}}});
}

inline std::string text(const json::value& value) {
  return std::string(value.as_string());
}

/// A user who may ask for codes by SMS; gives the body for a login's start.
inline void set_up_two_factor(ApiClient& client, const std::string& provider) {
  const auto messenger = client.post("/api/messenger", twilio(provider)).json();
  const auto made =
      client.post("/api/message/template",
                  R"({"messageTemplate":{"name":"Code","type":"SMS","defaultTemplate":"Your code is ${code}"}})");
  const auto tenant = text(client.get("/api/tenant").json().at("tenants").at(0).at("id"));
  const json::object sms{{"enabled", true},
                         {"messengerId", messenger.at("messenger").at("id")},
                         {"templateId", made.json().at("messageTemplate").at("id")}};
  const json::object change{{"tenant", json::object{{"multiFactorConfiguration", json::object{{"sms", sms}}}}}};
  BOOST_TEST_REQUIRE(client.call("PATCH", "/api/tenant/" + tenant, json::serialize(change)).status == 200U);
  const auto user = client.post("/api/user", R"({"user":{"email":"jo@example.com","twoFactor":{"methods":[
      {"method":"sms","mobilePhone":")" + phone + R"("}]}}})");
  BOOST_TEST_REQUIRE(user.status == 200U, user.body);
}

struct Started {
  std::string id, method;
};

inline Started start_login(ApiClient& client) {
  const auto body = client.post("/api/two-factor/start", R"({"loginId":"jo@example.com"})").json();
  return {text(body.at("twoFactorId")), text(body.at("methods").at(0).at("id"))};
}

inline std::string last_code(const std::string& provider) {
  const auto messages = ApiClient(provider).get("/simulator/messages").json().at("messages").as_array();
  const auto body = text(messages.back().at("body"));
  return body.substr(body.size() - 6);
}

struct Provider {
  Process process{{bin + "/provider-simulator"}};
  std::string url = process.read_line();
};

}  // namespace messenger::test
