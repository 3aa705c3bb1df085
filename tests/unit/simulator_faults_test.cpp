// SPDX-License-Identifier: Apache-2.0
// The faults on request.
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>

#include "simulator/form.hpp"
#include "simulator_support.hpp"

using namespace simulator_test;

namespace {

const beast::error_code connection_reset = asio::error::connection_reset;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(faults, Running)

BOOST_AUTO_TEST_CASE(a_status_replaces_the_processing) {
  simulator.add_fault(
      R"({"fault":{"status":429,"headers":{"Retry-After":"2"},"body":"slow","contentType":"text/plain"}})");
  const Response response = exchange(create_message(good_form));
  BOOST_TEST(response.result_int() == 429);
  BOOST_TEST(response["Retry-After"] == "2");
  BOOST_TEST(response["Content-Type"] == "text/plain");
  BOOST_TEST(response.body() == "slow");
  BOOST_TEST(simulator.messages().empty());
}

BOOST_AUTO_TEST_CASE(the_query_can_ask_for_a_fault) {
  const std::string fault = percent_encode(R"({"html":502})");
  const Response response = exchange({http::verb::post, "/webhook?fault=" + fault});
  BOOST_TEST(response.result_int() == 502);
  BOOST_TEST(response["Content-Type"] == "text/html");
  BOOST_TEST(response.body().starts_with("<html>"));
}

BOOST_AUTO_TEST_CASE(delay_and_drip_take_their_time_and_process) {
  const auto start = std::chrono::steady_clock::now();
  simulator.add_fault(R"({"fault":{"delayMs":50,"drip":{"intervalMs":1,"bytes":20}}})");
  BOOST_TEST(exchange(create_message(good_form)).result_int() == 201);
  BOOST_TEST((std::chrono::steady_clock::now() - start >= std::chrono::milliseconds{80}));
  BOOST_TEST(simulator.messages().size() == 1U);
}

BOOST_AUTO_TEST_CASE(silence_lasts_until_the_simulator_stops) {
  TestClient client{simulator};
  client.send(webhook(R"({"silence":true})"));
  while (simulator.requests().empty()) std::this_thread::sleep_for(std::chrono::milliseconds{5});
  std::this_thread::sleep_for(std::chrono::milliseconds{50});
  BOOST_TEST(client.socket().available() == 0U);
  simulator.stop();
  BOOST_TEST(client.receive_error().failed());
}

BOOST_AUTO_TEST_CASE(a_reset_before_the_body_leaves_no_message) {
  simulator.add_fault(R"({"fault":{"reset":"before"}})");
  BOOST_TEST(failure(create_message(good_form)) == connection_reset);
  BOOST_TEST(simulator.messages().empty());
  BOOST_TEST(simulator.requests().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_reset_after_the_request_leaves_the_message) {
  simulator.add_fault(R"({"fault":{"reset":"after"}})");
  BOOST_TEST(failure(create_message(good_form)) == connection_reset);
  BOOST_TEST(simulator.messages().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_close_after_the_request_leaves_the_message) {
  simulator.add_fault(R"({"fault":{"close":"after"}})");
  BOOST_TEST(failure(create_message(good_form)) == http::make_error_code(http::error::end_of_stream));
  BOOST_TEST(simulator.messages().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_truncated_answer_ends_early) {
  TestClient client{simulator};
  Call call = create_message(good_form);
  call.headers.emplace_back("X-Simulator-Fault", R"({"truncate":7})");
  client.send(call);
  const std::string bytes = client.receive_bytes();
  BOOST_TEST(bytes.find("Content-Length: ") != std::string::npos);
  BOOST_TEST(bytes.size() - bytes.find("\r\n\r\n") - 4 == 7U);
  BOOST_TEST(simulator.messages().size() == 1U);
}

BOOST_AUTO_TEST_CASE(garbage_is_not_http) {
  TestClient client{simulator};
  client.send(webhook(R"({"garbage":true})"));
  const std::string bytes = client.receive_bytes();
  BOOST_TEST(!bytes.empty());
  BOOST_TEST(!bytes.starts_with("HTTP/"));
}

BOOST_AUTO_TEST_CASE(connections_are_reset_on_accept_by_rule_only) {
  BOOST_TEST(exchange(webhook(R"({"reset":"accept"})")).result_int() == 400);
  BOOST_CHECK_THROW(simulator.add_fault(R"({"fault":{"reset":"accept"},"times":0})"), std::invalid_argument);
  simulator.add_fault(R"({"fault":{"reset":"accept"},"times":2})");
  for (int i = 0; i < 2; ++i) BOOST_CHECK_THROW(exchange(plain_webhook), boost::system::system_error);
  BOOST_TEST(exchange(plain_webhook).result_int() == 200);
  BOOST_TEST(simulator.requests().size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
