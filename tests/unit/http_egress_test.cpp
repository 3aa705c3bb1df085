// SPDX-License-Identifier: Apache-2.0
// The egress policy on real sockets.
#include <boost/test/unit_test.hpp>

#include "http_client.hpp"
#include "name_service.hpp"
#include "raw_server.hpp"

using namespace messenger::test;

namespace {

constexpr std::uint32_t loopback = 0x7f000001, second_loopback = 0x7f000002, metadata = 0xa9fea9fe;

msgr_http_service_options policy(const char* const* allow, const char* const* plain) {
  msgr_http_service_options options{};
  options.size = sizeof options;
  options.allow_ranges = allow;
  options.http_ranges = plain;
  return options;
}

constexpr const char* one_loopback[] = {"127.0.0.1", nullptr};
constexpr const char* all_loopback[] = {"127.0.0.0/8", "::1", nullptr};

void serve(Connection& connection) {
  while (!connection.read_request().empty()) {
    connection.answer();
  }
}

std::string named(const std::string& name, const RawServer& server) {
  return "http://" + name + ":" + std::to_string(server.port());
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_name_that_leads_to_a_blocked_address_is_blocked_when_it_connects) {
  RawServer server(serve);
  resolve("inside.example", {loopback});
  HttpClient client({.url = named("inside.example", server), .service = policy(nullptr, all_loopback)});
  BOOST_TEST_REQUIRE(client.issues().empty());
  const auto answer = client.exchange();
  BOOST_TEST(answer.failure == unsigned{MSGR_HTTP_BLOCKED});
  BOOST_TEST(answer.request_sent == 0U);
  BOOST_TEST(answer.detail ==
             "The host does not allow connections to 127.0.0.1, which is in 127.0.0.0/8 (loopback); its setting "
             "allow_ranges can.");
  BOOST_TEST(client.stats().blocked == 1U);
  BOOST_TEST(client.stats().connections_opened == 0U);
  BOOST_TEST(server.connections() == 0);
}

BOOST_AUTO_TEST_CASE(metadata_is_blocked_whatever_its_name) {
  constexpr const char* everything[] = {"0.0.0.0/0", "::/0", nullptr};
  resolve("metadata.example", {metadata});
  HttpClient client({.url = "http://metadata.example", .service = policy(everything, everything)});
  const auto answer = client.exchange();
  BOOST_TEST(answer.failure == unsigned{MSGR_HTTP_BLOCKED});
  BOOST_TEST(answer.detail.find("169.254.169.254") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(plain_http_to_a_name_is_judged_by_the_address_too) {
  RawServer server(serve);
  resolve("plain.example", {second_loopback});
  HttpClient client({.url = named("plain.example", server), .service = policy(all_loopback, one_loopback)});
  const auto answer = client.exchange();
  BOOST_TEST(answer.failure == unsigned{MSGR_HTTP_BLOCKED});
  BOOST_TEST(answer.detail ==
             "The host does not allow plain http to 127.0.0.2; use https, or its setting http_ranges.");
}

BOOST_AUTO_TEST_CASE(of_several_addresses_the_allowed_one_is_used) {
  RawServer server(serve);
  resolve("both.example", {second_loopback, loopback});
  HttpClient client({.url = named("both.example", server), .service = policy(one_loopback, all_loopback)});
  const auto answer = client.exchange();
  BOOST_TEST(answer.status == 200U);
  BOOST_TEST(answer.detail == "");
  BOOST_TEST(client.stats().blocked == 0U);
}

BOOST_AUTO_TEST_CASE(an_allowed_address_that_refuses_is_no_block) {
  resolve("mixed.example", {second_loopback, loopback});
  HttpClient client(
      {.url = "http://mixed.example:" + std::to_string(closed_port()), .service = policy(one_loopback, all_loopback)});
  const auto answer = client.exchange();
  BOOST_TEST(answer.failure == unsigned{MSGR_HTTP_CONNECT});
  BOOST_TEST(answer.detail == "");
}

// DNS rebinding: the address that counts is the one connected to, at each connection anew.
BOOST_AUTO_TEST_CASE(a_name_that_changes_its_address_is_judged_by_the_new_one) {
  RawServer server([](Connection& connection) {
    connection.read_request();
    connection.answer("{}", "200 OK", "Connection: close\r\n");
  });
  resolve("changing.example", {loopback});
  // Two services: libcurl keeps an answer of the name service for a minute.
  for (const auto& [address, failure] : {std::pair{loopback, MSGR_HTTP_RESPONSE}, {metadata, MSGR_HTTP_BLOCKED}}) {
    resolve("changing.example", {address});
    HttpClient client({.url = named("changing.example", server), .service = policy(one_loopback, all_loopback)});
    BOOST_TEST_REQUIRE(client.issues().empty());
    BOOST_TEST(client.exchange().failure == static_cast<std::uint32_t>(failure));
  }
  BOOST_TEST(server.connections() == 1);
}

BOOST_AUTO_TEST_CASE(a_pooled_connection_serves_no_name_that_leads_elsewhere) {
  RawServer server(serve);
  resolve("good.example", {loopback});
  resolve("bad.example", {second_loopback});
  HttpClient good({.url = named("good.example", server), .service = policy(one_loopback, all_loopback)});
  BOOST_TEST(good.exchange().status == 200U);
  BOOST_TEST(good.exchange().status == 200U);
  HttpClient bad({.url = named("bad.example", server)}, &good);
  BOOST_TEST(bad.exchange().failure == unsigned{MSGR_HTTP_BLOCKED});
  BOOST_TEST(server.connections() == 1);
}

BOOST_AUTO_TEST_CASE(a_literal_address_is_blocked_when_the_endpoint_opens_however_it_is_written) {
  for (const char* url :
       {"http://127.0.0.1", "https://127.0.0.1", "https://127.1", "https://2130706433", "https://0x7f.0.0.1",
        "https://0177.0.0.1", "https://[::1]", "https://[::ffff:127.0.0.1]", "https://[::ffff:7f00:1]",
        "https://[64:ff9b::7f00:1]", "https://10.0.0.1", "https://[fd00::1]",
        "https://169.254.169.254/latest/meta-data", "https://[fe80::1%25eth0]", "https://0.0.0.0"}) {
    const HttpClient client({.url = url, .service = policy(nullptr, nullptr)});
    BOOST_TEST_REQUIRE(client.issues().size() == 1U, url);
    BOOST_TEST(client.issues().front().starts_with("/url: The host does not allow connections to "), url);
  }
}

// What libcurl's parser leaves as a name, and a resolver, perhaps behind a proxy, might read as an address.
BOOST_AUTO_TEST_CASE(a_host_that_is_nearly_an_address_is_no_host) {
  for (const char* host : {"169.254.169.254.", "0xA9FEA9FE.", "127.1.", "10.0.0.1.", "10.0.0.1%2e", "1.2.3.4.5",
                           "256.0.0.1", "host.0x10", "0x.", "example.10", "2852039166."}) {
    const HttpClient client({.url = "https://" + std::string(host)});
    BOOST_TEST_REQUIRE(client.issues().size() == 1U, host);
    BOOST_TEST(client.issues().front() == "/url: The URL's host is neither a name nor a well-formed address.");
  }
  for (const char* host :
       {"example.com.", "10.example.com", "0x10.example", "127.0.0.1", "[::1]", "2130706433", "127.1"}) {
    BOOST_TEST(HttpClient({.url = "https://" + std::string(host)}).issues().empty(), host);
  }
}

BOOST_AUTO_TEST_CASE(a_service_without_http_ranges_speaks_https_only) {
  const HttpClient client({.url = "http://example.com", .service = policy(nullptr, nullptr)});
  BOOST_TEST(
      client.issues() ==
      std::vector<std::string>{"/url: The host does not allow plain http; use https, or its setting http_ranges."});
  const HttpClient secure({.url = "https://example.com", .service = policy(nullptr, nullptr)});
  BOOST_TEST(secure.issues().empty());
}

BOOST_AUTO_TEST_CASE(a_malformed_option_is_an_issue_that_names_it) {
  constexpr const char* wrong[] = {"10.0.0.0/8", "10.0.0.0/40", nullptr};
  msgr_http_service_options options = policy(wrong, wrong);
  options.no_proxy = wrong;
  options.proxy = "http://proxy";
  std::vector<std::string> pointers;
  const auto issue = [](void* context, const msgr_issue* problem) {
    static_cast<std::vector<std::string>*>(context)->emplace_back(problem->pointer.ptr, problem->pointer.len);
  };
  BOOST_TEST((msgr_http_service_create(&options, issue, &pointers) == nullptr));
  BOOST_TEST(pointers == (std::vector<std::string>{"/allow_ranges/1", "/http_ranges/1", "/proxy", "/no_proxy/1"}));
}
