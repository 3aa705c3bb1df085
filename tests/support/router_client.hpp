// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>
#include <future>
#include <string>
#include <vector>

#include "api/router.hpp"
#include "runtime/json_text.hpp"

namespace messenger::test {

namespace json = boost::json;

/// Calls routes without a socket, with the API key "key". [call: any thread]
class RouterClient {
 public:
  /// `log` outlives this.
  RouterClient(std::vector<std::vector<host::Route>> routes, const host::Log& log)
      : router_([](const host::Request& request) { return request.authorization == "key"; }, log) {
    for (auto& some : routes) {
      router_.add(std::move(some));
    }
  }

  /// Waits for the answer.
  host::Response call(const std::string& method, const std::string& target, const std::string& body = {},
                      const std::string& type = "application/json", const std::string& key = "key",
                      const std::vector<std::pair<std::string, std::string>>& headers = {}) const {
    host::Request request;
    request.id = "request";
    request.method = method;
    request.body = body;
    request.headers = headers;
    request.content_type = type;
    request.authorization = key;
    set_target(request, target);
    auto answer = std::make_shared<std::promise<host::Response>>();
    router_.handle(std::move(request), [answer](host::Response response) { answer->set_value(std::move(response)); });
    return answer->get_future().get();
  }

  /// "200 {…}" with sorted members, or "404".
  std::string text(const std::string& method, const std::string& target, const std::string& body = {},
                   const std::string& type = "application/json") const {
    const auto response = call(method, target, body, type);
    return std::to_string(response.status) + (response.body.empty() ? "" : " " + response.body);
  }

  /// The 200 answer's object.
  json::object object(const std::string& method, const std::string& target, const std::string& body = {},
                      const std::string& type = "application/json") const {
    const auto response = call(method, target, body, type);
    BOOST_TEST_REQUIRE(response.status == 200U, method + " " + target + ": " + response.body);
    return json::parse(response.body).as_object();
  }

  /// The codes of an Errors answer, "[duplicate]user.email; …", general ones first, the others sorted by field.
  std::string codes(const std::string& method, const std::string& target, const std::string& body = {},
                    const std::string& type = "application/json") const {
    const auto response = call(method, target, body, type);
    BOOST_TEST_REQUIRE(response.status == 400U, method + " " + target + ": " + std::to_string(response.status));
    const auto errors = json::parse(response.body).as_object();
    std::string codes;
    const auto add = [&](const json::value& list) {
      for (const auto& error : list.as_array()) {
        codes.append(codes.empty() ? "" : "; ").append(error.at("code").as_string());
      }
    };
    if (const auto* const general = errors.if_contains("generalErrors")) {
      add(*general);
    }
    if (const auto* const fields = errors.if_contains("fieldErrors")) {
      for (const auto& field : fields->as_object()) {
        add(field.value());
      }
    }
    return codes;
  }

 private:
  host::Router router_;
};

}  // namespace messenger::test
