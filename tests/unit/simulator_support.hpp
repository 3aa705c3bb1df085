// SPDX-License-Identifier: Apache-2.0
// What the simulator's tests send.
#ifndef MESSENGER_TESTS_SIMULATOR_SUPPORT_HPP
#define MESSENGER_TESTS_SIMULATOR_SUPPORT_HPP

#include <string>

#include "simulator/http.hpp"
#include "simulator/test_client.hpp"
#include "simulator/test_fixture.hpp"

namespace simulator_test {

using namespace messenger::simulator;

inline const std::string account = "AC" + std::string(32, 'a');
inline const std::string api_key = "SK" + std::string(32, 'c');
inline const std::string messages_path = "/2010-04-01/Accounts/" + account + "/Messages.json";
inline const std::string good_form = "To=%2B15551230001&From=%2B15005550006&Body=Code+012345";
inline const Call plain_webhook{http::verb::post, "/webhook/sms", R"({"type":"SMS"})"};

inline Call create_message(const std::string& form, const std::string& authorization = basic(account, "token")) {
  return {http::verb::post,
          messages_path,
          form,
          {{"Authorization", authorization}, {"Content-Type", "application/x-www-form-urlencoded"}}};
}

inline Call get_messages(const std::string& target) {
  return {http::verb::get, target, {}, {{"Authorization", basic(account, "token")}}};
}

/// A call on one of Twilio's paths, with the account's own credentials.
inline Call call(http::verb method, const std::string& target, const std::string& form = {}) {
  return {method,
          target,
          form,
          {{"Authorization", basic(account, "token")}, {"Content-Type", "application/x-www-form-urlencoded"}}};
}

inline Call post(const std::string& target, const std::string& form = {}) {
  return call(http::verb::post, target, form);
}

inline Call remove(const std::string& target) {
  return call(http::verb::delete_, target);
}

/// The code of a refusal; 0 when it is none.
inline int code_of(const Response& response) {
  if (response.result_int() < 400) return 0;
  return static_cast<int>(body_of(response).at("code").as_int64());
}

inline Call webhook(const std::string& fault = "{}") {
  return {http::verb::post, "/webhook/sms", R"({"type":"SMS"})", {{"X-Simulator-Fault", fault}}};
}

}  // namespace simulator_test

#endif
