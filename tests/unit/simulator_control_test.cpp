// SPDX-License-Identifier: Apache-2.0
// What a test can ask and tell the simulator.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <string>
#include <vector>

#include "simulator/request_log.hpp"
#include "simulator_support.hpp"

using namespace simulator_test;
namespace data = boost::unit_test::data;

BOOST_FIXTURE_TEST_SUITE(control, Running)

BOOST_AUTO_TEST_CASE(requests_are_remembered_in_order_with_their_connection) {
  TestClient client{simulator};
  BOOST_TEST(client.exchange(plain_webhook).body() == "{}");
  client.exchange({http::verb::put, "/webhook?x=1", {}, {{"X-Twice", "1"}, {"X-Twice", "2"}}});
  exchange(get_messages(messages_path));
  const json::object seen = body_of(client.exchange({http::verb::get, "/simulator/requests?path=%2Fwebhook"}));
  const json::array& requests = seen.at("requests").as_array();
  BOOST_TEST_REQUIRE(requests.size() == 2U);
  const json::object& first = requests.at(0).as_object();
  const json::object& second = requests.at(1).as_object();
  BOOST_TEST(text_of(first, "body") == plain_webhook.body);
  BOOST_TEST(text_of(second, "target") == "/webhook?x=1");
  BOOST_TEST(text_of(second, "path") == "/webhook");
  BOOST_TEST(second.at("headers").as_object().at("x-twice") == json::array({"1", "2"}));
  BOOST_TEST(first.at("connection") == second.at("connection"));
  BOOST_TEST(simulator.requests().size() == 3U);
  BOOST_TEST(client.exchange({http::verb::delete_, "/simulator/requests"}).result_int() == 204);
  BOOST_TEST(simulator.requests().empty());
}

BOOST_AUTO_TEST_CASE(only_the_newest_requests_are_kept) {
  RequestLog log;
  for (std::size_t i = 0; i <= RequestLog::capacity; ++i) log.add(to_request(plain_webhook), {});
  const json::array kept = log.list("/");
  BOOST_TEST(kept.size() == RequestLog::capacity);
  BOOST_TEST(kept.at(0).as_object().at("id").to_number<int>() == 2);
}

BOOST_AUTO_TEST_CASE(every_rule_counts_what_another_strikes) {
  simulator.add_fault(R"({"fault":{"status":501}})");
  simulator.add_fault(R"({"fault":{"status":502},"after":1})");
  BOOST_TEST(exchange(plain_webhook).result_int() == 501U);
  BOOST_TEST(exchange(plain_webhook).result_int() == 502U);
}

BOOST_AUTO_TEST_CASE(rules_strike_as_often_as_they_say) {
  const auto status = [&] { return exchange(plain_webhook).result_int(); };
  const std::string rule = R"({"path":"/webhook","fault":{"status":503},"times":2,"after":1})";
  BOOST_TEST(exchange({http::verb::post, "/simulator/faults", rule}).result_int() == 201U);
  BOOST_TEST(status() == 200U);
  BOOST_TEST(status() == 503U);
  BOOST_TEST(exchange(get_messages(messages_path)).result_int() == 200U);
  BOOST_TEST(status() == 503U);
  BOOST_TEST(status() == 200U);
  simulator.add_fault(R"({"fault":{"status":500},"times":0})");
  BOOST_TEST(status() == 500U);
  const json::object list = body_of(exchange({http::verb::get, "/simulator/faults"}));
  BOOST_TEST(list.at("faults").as_array().size() == 1U);
  exchange({http::verb::delete_, "/simulator/faults"});
  BOOST_TEST(status() == 200U);
}

const std::vector<std::string> bad_faults{"",
                                          "[]",
                                          "{}",
                                          R"({"status":99})",
                                          R"({"status":"503"})",
                                          R"({"statsu":503})",
                                          R"({"delayMs":-1})",
                                          R"({"silence":false})",
                                          R"({"silence":true,"garbage":true})",
                                          R"({"reset":"now"})",
                                          R"({"close":"before"})",
                                          R"({"drip":{"bytes":0}})",
                                          R"({"drip":true})",
                                          R"({"truncate":-1})",
                                          R"({"status":503,"html":502})",
                                          R"({"body":"x"})",
                                          R"({"status":204,"body":"x"})",
                                          R"({"status":503,"reset":"after"})",
                                          R"({"status":503,"headers":{"a b":"c"}})",
                                          R"({"status":503,"headers":{"a":"b\r\nc: d"}})"};

BOOST_DATA_TEST_CASE(a_bad_fault_is_refused_with_a_reason, data::make(bad_faults)) {
  const Response response = exchange({http::verb::post, "/simulator/faults", R"({"fault":)" + sample + "}"});
  BOOST_TEST(response.result_int() == 400);
  BOOST_TEST(!text_of(body_of(response), "message").empty());
  const bool can_be_a_header = !sample.empty();
  if (can_be_a_header) BOOST_TEST(exchange(webhook(sample)).result_int() == 400);
}

BOOST_AUTO_TEST_SUITE_END()
