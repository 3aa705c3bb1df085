// SPDX-License-Identifier: Apache-2.0
// Broken clients, restarts, what it listens to, and TLS.
#include <boost/test/unit_test.hpp>
#include <stdexcept>
#include <string>

#include "certificate.hpp"
#include "simulator/stream.hpp"
#include "simulator_support.hpp"

using namespace simulator_test;

BOOST_FIXTURE_TEST_SUITE(connections, Running)

BOOST_AUTO_TEST_CASE(a_broken_client_hurts_nobody) {
  TestClient malformed{simulator};
  malformed.send_bytes("no HTTP at all\r\n\r\n");
  BOOST_TEST(malformed.receive().result_int() == 400);
  TestClient{simulator}.send_bytes("POST /webhook HTTP/1.1\r\nContent-Length: 100\r\n\r\nabc");
  const std::string half(40'000, 'x');
  BOOST_TEST(exchange({http::verb::get, "/", {}, {{"A", half}, {"B", half}}}).result_int() == 431);
  BOOST_TEST(exchange({http::verb::post, "/webhook", std::string(1'100'000, 'x')}).result_int() == 413);
  BOOST_TEST(exchange(plain_webhook).result_int() == 200);
}

BOOST_AUTO_TEST_CASE(a_client_may_ask_whether_to_go_on) {
  TestClient client{simulator};
  client.send_bytes("POST /webhook HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  BOOST_TEST(client.receive().result_int() == 100);
  client.send_bytes("{}");
  BOOST_TEST(client.receive().result_int() == 200);
}

BOOST_AUTO_TEST_CASE(it_can_start_again) {
  simulator.stop();
  simulator.start();
  BOOST_TEST(exchange(plain_webhook).result_int() == 200);
}

BOOST_AUTO_TEST_CASE(only_loopback_and_whole_options_are_accepted) {
  Options options;
  for (const char* listen : {"0.0.0.0:0", "192.0.2.1:80", "[::]:0", "localhost:0", "127.0.0.1", "127.0.0.1:x"}) {
    options.listen = listen;
    BOOST_CHECK_THROW(Simulator{options}, std::invalid_argument);
  }
  Options half;
  half.key_file = "key.pem";
  BOOST_CHECK_THROW(Simulator{half}, std::invalid_argument);
  Options stray;
  stray.api_keys = {{api_key, "secret", account}};
  BOOST_CHECK_THROW(Simulator{stray}, std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(it_speaks_tls_with_a_certificate) {
  const messenger::test::TemporaryDirectory directory;
  const messenger::test::Certificate certificate(directory, "simulator", "IP:127.0.0.1");
  Options options;
  options.certificate_file = certificate.certificate_file;
  options.key_file = certificate.key_file;
  Running secure{options};
  BOOST_TEST(secure.simulator.url().starts_with("https://127.0.0.1:"));
  asio::io_context context;
  asio::ssl::context tls{asio::ssl::context::tls_client};
  TlsStream stream{context, tls};
  const asio::ip::tcp::endpoint endpoint{asio::ip::address_v4::loopback(), secure.simulator.port()};
  beast::get_lowest_layer(stream).connect(endpoint);
  stream.handshake(asio::ssl::stream_base::client);
  http::write(stream, to_request(plain_webhook));
  beast::flat_buffer buffer;
  Response response;
  http::read(stream, buffer, response);
  BOOST_TEST(response.result_int() == 200);
}

BOOST_AUTO_TEST_SUITE_END()
