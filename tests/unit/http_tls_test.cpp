// SPDX-License-Identifier: Apache-2.0
// TLS is always verified: against which roots, which host, which dates.
#include <boost/test/unit_test.hpp>

#include "certificate.hpp"
#include "http_client.hpp"
#include "raw_server.hpp"
#include "simulator/simulator.hpp"

using namespace messenger::test;
using messenger::simulator::Simulator;

namespace {

messenger::simulator::Options with(const Certificate& certificate) {
  messenger::simulator::Options options;
  options.certificate_file = certificate.certificate_file;
  options.key_file = certificate.key_file;
  return options;
}

// One exchange with a server of this certificate, trusting the roots in ca_file (empty: the system's).
Answer answer_from(const Certificate& certificate, const std::string& ca_file) {
  Simulator server(with(certificate));
  server.start();
  HttpClient client({.url = server.url() + "/webhook", .ca_file = ca_file});
  const auto answer = client.exchange();
  if (answer.failure != MSGR_HTTP_RESPONSE) {
    BOOST_TEST(server.requests().empty());
    BOOST_TEST(answer.request_sent == 0U);
    BOOST_TEST(answer.status == 0U);
  }
  return answer;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_trusted_certificate_is_accepted) {
  const TemporaryDirectory directory;
  const Certificate good(directory, "good", "IP:127.0.0.1");
  BOOST_TEST(answer_from(good, good.certificate_file).status == 200U);
}

// libcurl copies what goes over TLS into a buffer, again and again when a body is longer.
BOOST_AUTO_TEST_CASE(a_body_arrives_whole_whatever_its_length) {
  const TemporaryDirectory directory;
  const Certificate good(directory, "good", "IP:127.0.0.1");
  Simulator server(with(good));
  server.start();
  HttpClient client({.url = server.url() + "/webhook", .ca_file = good.certificate_file});
  for (const std::size_t size : {1UL, 16'000UL, 16'383UL, 16'384UL, 16'385UL, 33'000UL, 65'536UL, 300'000UL}) {
    HttpClient::Request request;
    request.body = "\"";
    for (std::size_t i = 0; request.body.size() <= size; ++i) {
      request.body += std::to_string(i) + " ";  // no part of it is like another
    }
    request.body += '"';
    BOOST_TEST(client.exchange(request).status == 200U, size);
    BOOST_TEST((server.requests().back().at("body").as_string() == request.body), size);
  }
}

BOOST_AUTO_TEST_CASE(a_certificate_nobody_vouches_for_is_untrusted) {
  const TemporaryDirectory directory;
  const Certificate own(directory, "own", "IP:127.0.0.1");
  const Certificate other(directory, "other", "IP:127.0.0.1");
  BOOST_TEST(answer_from(own, "").failure == unsigned{MSGR_HTTP_UNTRUSTED});
  BOOST_TEST(answer_from(own, other.certificate_file).failure == unsigned{MSGR_HTTP_UNTRUSTED});
}

BOOST_AUTO_TEST_CASE(another_hosts_certificate_is_untrusted) {
  const TemporaryDirectory directory;
  const Certificate wrong(directory, "wrong", "DNS:example.com");
  BOOST_TEST(answer_from(wrong, wrong.certificate_file).failure == unsigned{MSGR_HTTP_UNTRUSTED});
}

BOOST_AUTO_TEST_CASE(an_expired_certificate_is_untrusted) {
  const TemporaryDirectory directory;
  const Certificate old(directory, "old", "IP:127.0.0.1", -1);
  BOOST_TEST(answer_from(old, old.certificate_file).failure == unsigned{MSGR_HTTP_UNTRUSTED});
}

BOOST_AUTO_TEST_CASE(roots_that_cannot_be_read_trust_nobody) {
  const TemporaryDirectory directory;
  const Certificate good(directory, "good", "IP:127.0.0.1");
  BOOST_TEST(answer_from(good, directory.path("absent.pem")).failure == unsigned{MSGR_HTTP_UNTRUSTED});
}

BOOST_AUTO_TEST_CASE(a_server_that_does_not_speak_tls_fails_the_handshake) {
  RawServer server([](Connection& connection) { connection.write("HTTP/1.1 400 Bad Request\r\n\r\n"); });
  HttpClient client({.url = "https://127.0.0.1:" + std::to_string(server.port())});
  const auto answer = client.exchange();
  BOOST_TEST(answer.failure == unsigned{MSGR_HTTP_TLS});
  BOOST_TEST(answer.request_sent == 0U);
}

BOOST_AUTO_TEST_CASE(a_handshake_that_stalls_ends_at_the_connect_timeout) {
  RawServer server([](Connection& connection) { connection.read_request(); });
  HttpClient client({.url = "https://127.0.0.1:" + std::to_string(server.port()), .connect_timeout_ms = 100});
  const auto answer = client.exchange();
  BOOST_TEST(answer.failure == unsigned{MSGR_HTTP_TIMEOUT});
  BOOST_TEST(answer.request_sent == 0U);
}
