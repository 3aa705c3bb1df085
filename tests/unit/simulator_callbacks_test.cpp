// SPDX-License-Identifier: Apache-2.0
// Status callbacks are really posted, signed, and go wrong on request.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "simulator/form.hpp"
#include "simulator/twilio/callback.hpp"
#include "simulator/twilio/signature.hpp"
#include "simulator_support.hpp"

using namespace simulator_test;
using namespace std::chrono_literals;
using Statuses = std::vector<std::string>;

namespace {

/// The simulator is its own receiver: callbacks go to its webhook.
struct Receiver : Running {
  Receiver() : Running{options()} {}

  static Options options() {
    Options options;
    options.callback_retries = 2;
    return options;
  }

  std::string webhook_url() { return simulator.url() + "/webhook/status?a=b"; }

  /// The SID of a new message with a status callback.
  std::string create(const std::string& url) {
    const std::string form = good_form + "&StatusCallback=" + percent_encode(url);
    return text_of(body_of(exchange(create_message(form))), "sid");
  }

  void set_status(const std::string& sid, const std::string& status, int error = 0) {
    const std::string body = R"({"status":")" + status + R"(","errorCode":)" + std::to_string(error) + "}";
    BOOST_TEST_REQUIRE(exchange({http::verb::post, "/simulator/messages/" + sid, body}).result_int() == 200U);
  }

  void order(const std::string& fault, int times = 1) {
    const std::string body = R"({"fault":")" + fault + R"(","times":)" + std::to_string(times) + "}";
    BOOST_TEST_REQUIRE(exchange({http::verb::post, "/simulator/callback-faults", body}).result_int() == 201U);
  }

  /// What the webhook got, once it got so many.
  json::array received(std::size_t count) {
    const auto end = std::chrono::steady_clock::now() + 20s;
    json::array requests = simulator.requests("/webhook");
    while (requests.size() < count && std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(2ms);
      requests = simulator.requests("/webhook");
    }
    BOOST_TEST_REQUIRE(requests.size() == count);
    return requests;
  }

  /// What is listed, once nothing waits any more.
  json::array callbacks() {
    const auto end = std::chrono::steady_clock::now() + 20s;
    const auto waits = [&] {
      const json::array all = simulator.callbacks();
      return std::any_of(all.begin(), all.end(), [](const json::value& callback) {
        return text_of(callback.as_object(), "state") == "waiting";
      });
    };
    while (waits() && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(2ms);
    return simulator.callbacks();
  }
};

Statuses statuses_of(const json::array& requests) {
  Statuses statuses;
  for (const json::value& request : requests) {
    statuses.emplace_back(Form{text_of(request.as_object(), "body")}.get("MessageStatus"));
  }
  return statuses;
}

std::string header(const json::value& request, std::string_view name) {
  return std::string{request.at("headers").at(name).as_string()};
}

twilio::Parameters parameters_of(const json::value& request) {
  const Form form{text_of(request.as_object(), "body")};
  twilio::Parameters parameters;
  for (const char* name :
       {"ApiVersion", "SmsSid", "SmsStatus", "MessageSid", "AccountSid", "MessageStatus", "From", "To", "ErrorCode"}) {
    if (form.has(name)) parameters.emplace_back(name, form.get(name));
  }
  return parameters;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(callbacks_posted, Receiver)

BOOST_AUTO_TEST_CASE(a_callback_tells_the_status_and_is_signed) {
  const std::string sid = create(webhook_url());
  set_status(sid, "undelivered", 30003);
  const json::value request = received(1).at(0);
  const Form form{text_of(request.as_object(), "body")};
  BOOST_TEST(text_of(request.as_object(), "target") == "/webhook/status?a=b");
  BOOST_TEST(header(request, "content-type") == "application/x-www-form-urlencoded");
  BOOST_TEST(form.get("MessageSid") == sid);
  BOOST_TEST(form.get("SmsSid") == sid);
  BOOST_TEST(form.get("MessageStatus") == "undelivered");
  BOOST_TEST(form.get("SmsStatus") == "undelivered");
  BOOST_TEST(form.get("AccountSid") == account);
  BOOST_TEST(form.get("From") == "+15005550006");
  BOOST_TEST(form.get("To") == "+15551230001");
  BOOST_TEST(form.get("ApiVersion") == "2010-04-01");
  BOOST_TEST(form.get("ErrorCode") == "30003");
  BOOST_TEST(header(request, "x-twilio-signature") == twilio::sign("token", webhook_url(), parameters_of(request)));
  const json::object told = callbacks().at(0).as_object();
  BOOST_TEST(text_of(told, "state") == "posted");
  BOOST_TEST(told.at("answer").to_number<int>() == 200);
}

BOOST_AUTO_TEST_CASE(the_callbacks_of_a_message_come_in_order) {
  const std::string sid = create(webhook_url());
  simulator.add_fault(R"({"path":"/webhook","fault":{"delayMs":50}})");
  for (const char* status : {"sending", "sent", "delivered"}) set_status(sid, status);
  BOOST_TEST(statuses_of(received(3)) == (Statuses{"sending", "sent", "delivered"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_service_says_where_when_the_message_does_not) {
  const std::string form = "FriendlyName=x&StatusCallback=" + percent_encode(webhook_url());
  const std::string service = text_of(body_of(exchange(post("/v1/Services", form))), "sid");
  exchange(post("/v1/Services/" + service + "/AlphaSenders", "AlphaSender=Bank"));
  const std::string to = "To=%2B4915100000001&Body=x&MessagingServiceSid=" + service;
  const std::string sid = text_of(body_of(exchange(create_message(to))), "sid");
  set_status(sid, "queued");
  const Form told{text_of(received(1).at(0).as_object(), "body")};
  BOOST_TEST(told.get("From") == "Bank");
  BOOST_TEST(told.get("MessagingServiceSid") == service);
}

BOOST_AUTO_TEST_CASE(a_duplicate_is_the_same_twice) {
  order("duplicate");
  set_status(create(webhook_url()), "delivered");
  const json::array requests = received(2);
  BOOST_TEST(requests.at(0).at("body") == requests.at(1).at("body"));
  BOOST_TEST(header(requests.at(0), "x-twilio-signature") == header(requests.at(1), "x-twilio-signature"));
}

BOOST_AUTO_TEST_CASE(a_reordered_one_comes_after_the_next) {
  order("reorder");
  const std::string sid = create(webhook_url());
  set_status(sid, "sent");
  BOOST_TEST(text_of(callbacks().at(0).as_object(), "state") == "held");
  set_status(sid, "delivered");
  BOOST_TEST(statuses_of(received(2)) == (Statuses{"delivered", "sent"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_last_one_is_never_held_back) {
  order("reorder", 0);
  set_status(create(webhook_url()), "delivered");
  BOOST_TEST(statuses_of(received(1)) == Statuses{"delivered"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_forged_one_has_another_signature) {
  order("forge");
  set_status(create(webhook_url()), "delivered");
  const json::value request = received(1).at(0);
  BOOST_TEST(header(request, "x-twilio-signature") != twilio::sign("token", webhook_url(), parameters_of(request)));
}

BOOST_AUTO_TEST_CASE(a_json_one_has_its_hash_in_the_url) {
  order("json");
  set_status(create(webhook_url()), "delivered");
  const json::value request = received(1).at(0);
  const std::string body = text_of(request.as_object(), "body");
  const std::string target = "/webhook/status?a=b&bodySHA256=" + twilio::sha256_hex(body);
  BOOST_TEST(text_of(request.as_object(), "target") == target);
  BOOST_TEST(header(request, "content-type") == "application/json");
  BOOST_TEST(text_of(json::parse(body).as_object(), "MessageStatus") == "delivered");
  BOOST_TEST(header(request, "x-twilio-signature") == twilio::sign("token", simulator.url() + target, {}));
}

BOOST_AUTO_TEST_CASE(a_lost_one_is_posted_again_as_often_as_the_options_say) {
  simulator.add_fault(R"({"path":"/webhook","fault":{"status":503},"times":0})");
  set_status(create(webhook_url()), "delivered");
  received(3);
  const json::object told = callbacks().at(0).as_object();
  BOOST_TEST(told.at("attempts").to_number<int>() == 3);
  BOOST_TEST(told.at("answer").to_number<int>() == 503);
}

BOOST_AUTO_TEST_CASE(only_this_machine_is_posted_to) {
  set_status(create("https://example.com/status"), "delivered");
  set_status(create("http://192.0.2.1/status"), "delivered");
  for (const json::value& callback : callbacks()) {
    BOOST_TEST(text_of(callback.as_object(), "state") == "not posted");
    BOOST_TEST(!text_of(callback.as_object(), "reason").empty());
    BOOST_TEST(callback.at("attempts").to_number<int>() == 0);
  }
  BOOST_TEST(exchange({http::verb::delete_, "/simulator/callbacks"}).result_int() == 204U);
  BOOST_TEST(body_of(exchange({http::verb::get, "/simulator/callbacks"})).at("callbacks").as_array().empty());
}

BOOST_AUTO_TEST_CASE(a_callback_fault_that_cannot_be_read_is_refused) {
  for (const char* body :
       {"", "{}", R"({"fault":"lost"})", R"({"fault":"json","times":-1})", R"({"fault":"json","x":1})"}) {
    BOOST_TEST(exchange({http::verb::post, "/simulator/callback-faults", body}).result_int() == 400U, body);
  }
  order("json", 2);
  const json::object list = body_of(exchange({http::verb::get, "/simulator/callback-faults"}));
  BOOST_TEST(list.at("faults") == json::parse(R"([{"fault":"json","times":2}])"));
  BOOST_TEST(exchange({http::verb::delete_, "/simulator/callback-faults"}).result_int() == 204U);
}

BOOST_AUTO_TEST_SUITE_END()

// https://www.twilio.com/docs/usage/security gives these values.
BOOST_AUTO_TEST_CASE(the_signature_is_twilios) {
  const twilio::Parameters parameters{{"CallSid", "CA1234567890ABCDE"},
                                      {"Caller", "+14158675309"},
                                      {"Digits", "1234"},
                                      {"From", "+14158675309"},
                                      {"To", "+18005551212"}};
  BOOST_TEST(twilio::sign("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", parameters) ==
             "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
  BOOST_TEST(twilio::sign("12345", "https://mycompany.com:443/myapp.php?foo=1&bar=2", parameters) ==
             "kvajT1Ptam85bY51eRf/AJRuM3w=");
}

BOOST_AUTO_TEST_CASE(loopback_urls_are_told_from_others) {
  const auto local = twilio::parse_loopback("http://localhost:81?x=1");
  BOOST_TEST_REQUIRE(local.has_value());
  BOOST_TEST(local->address == "127.0.0.1");
  BOOST_TEST(local->port == 81);
  BOOST_TEST(local->target == "/?x=1");
  BOOST_TEST(twilio::parse_loopback("http://[::1]/a")->host == "[::1]");
  for (const char* url : {"https://127.0.0.1/", "http://127.0.0.1.example.com/", "http://127.0.0.1@example.com/",
                          "http://example.com@127.0.0.1/", "http://10.0.0.1/", "http://127.0.0.1:x/", "http://"}) {
    BOOST_TEST(!twilio::parse_loopback(url).has_value(), url);
  }
}
