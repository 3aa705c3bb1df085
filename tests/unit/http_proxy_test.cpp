// SPDX-License-Identifier: Apache-2.0
// The host's proxy: reached by CONNECT, with credentials, and not for its exceptions.
#include <boost/test/unit_test.hpp>
#include <cstdlib>

#include "certificate.hpp"
#include "http_client.hpp"
#include "raw_server.hpp"
#include "simulator/simulator.hpp"
#include "tunnel.hpp"

using namespace messenger::test;
using messenger::simulator::Simulator;

namespace {

void serve(Connection& connection) {
  while (!connection.read_request().empty()) {
    connection.answer();
  }
}

/// Options of a service behind this proxy, whose address must outlive them.
struct Behind {
  explicit Behind(const RawServer& proxy) : url(proxy.url()), options(loopback_options()) {
    options.proxy = url.c_str();
  }
  std::string url;
  msgr_http_service_options options;
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_CASE(https_goes_through_a_tunnel_and_is_verified_end_to_end) {
  const TemporaryDirectory directory;
  const Certificate good(directory, "good", "DNS:provider.example");
  messenger::simulator::Options options;
  options.certificate_file = good.certificate_file;
  options.key_file = good.key_file;
  Simulator provider(options);
  provider.start();
  RawServer proxy(tunnel);
  Behind behind(proxy);
  const auto url = "https://provider.example:" + std::to_string(provider.port()) + "/webhook";
  HttpClient client(
      {.url = url, .username = "u", .password = "p", .ca_file = good.certificate_file, .service = behind.options});
  const auto answer = client.exchange();
  BOOST_TEST(answer.status == 200U);
  BOOST_TEST(answer.request_sent == 1U);
  BOOST_TEST(answer.headers.count("X-Proxy") == 0U);
  BOOST_TEST(client.exchange().status == 200U);  // on the same tunnel
  BOOST_TEST(proxy.connections() == 1);
  BOOST_TEST(provider.requests().size() == 2U);
  const auto connect = proxy.requests().at(0);
  BOOST_TEST(connect.starts_with("CONNECT provider.example:" + std::to_string(provider.port()) + " HTTP/1.1\r\n"));
  // What is the provider's business does not reach the proxy.
  BOOST_TEST(!has(connect, "Authorization"));
  BOOST_TEST(!has(connect, "webhook"));
  HttpClient untrusting({.url = url, .service = behind.options});
  BOOST_TEST(untrusting.exchange().failure == unsigned{MSGR_HTTP_UNTRUSTED});
}

BOOST_AUTO_TEST_CASE(plain_http_goes_through_a_tunnel_too) {
  RawServer provider(serve);
  RawServer proxy(tunnel);
  Behind behind(proxy);
  HttpClient client({.url = provider.url("/x"), .service = behind.options});
  BOOST_TEST(client.exchange().status == 200U);
  BOOST_TEST(proxy.requests().at(0).starts_with("CONNECT 127.0.0.1:"));
  BOOST_TEST(provider.requests().at(0).starts_with("POST /x HTTP/1.1"));
}

BOOST_AUTO_TEST_CASE(the_proxy_and_the_provider_are_told_once_who_asks) {
  RawServer provider(serve);
  RawServer proxy(tunnel);
  Behind behind(proxy);
  behind.options.user_agent = "host/1.0";
  HttpClient client({.url = provider.url("/x"), .service = behind.options});
  BOOST_TEST(client.exchange().status == 200U);
  for (const std::string& request : {proxy.requests().at(0), provider.requests().at(0)}) {
    const auto at = request.find("\r\nUser-Agent: host/1.0\r\n");
    BOOST_TEST(at != std::string::npos, request);
    BOOST_TEST(request.find("User-Agent", at + 3) == std::string::npos, request);
  }
}

BOOST_AUTO_TEST_CASE(the_proxy_gets_its_credentials_and_the_provider_does_not) {
  RawServer provider(serve);
  RawServer proxy(tunnel);
  Behind behind(proxy);
  behind.options.proxy_username = "proxy-user";
  behind.options.proxy_password = "proxy:password";
  HttpClient client({.url = provider.url(), .service = behind.options});
  BOOST_TEST(client.exchange().status == 200U);
  BOOST_TEST(has(proxy.requests().at(0), "Proxy-Authorization: Basic cHJveHktdXNlcjpwcm94eTpwYXNzd29yZA==\r\n"));
  BOOST_TEST(!has(provider.requests().at(0), "Proxy-"));
}

BOOST_AUTO_TEST_CASE(a_proxy_that_refuses_has_sent_nothing) {
  for (const char* status : {"407 Proxy Authentication Required", "403 Forbidden", "502 Bad Gateway"}) {
    RawServer proxy([&](Connection& connection) {
      connection.read_request();
      connection.answer("<html>secret words of the proxy</html>", status,
                        "Proxy-Authenticate: Basic realm=\"x\"\r\nConnection: close\r\n");
    });
    Behind behind(proxy);
    HttpClient client({.url = "https://provider.example", .service = behind.options});
    const auto answer = client.exchange();
    BOOST_TEST(answer.failure == unsigned{MSGR_HTTP_CONNECT});
    BOOST_TEST(answer.request_sent == 0U);
    BOOST_TEST(answer.status == 0U);
    BOOST_TEST(answer.body == "");
    BOOST_TEST(answer.detail ==
               "The host's proxy refused to connect, with status " + std::string(status).substr(0, 3) + ".");
  }
}

BOOST_AUTO_TEST_CASE(a_proxy_that_is_away_or_silent_has_sent_nothing) {
  msgr_http_service_options options = loopback_options();
  const std::string away = "http://127.0.0.1:" + std::to_string(closed_port());
  options.proxy = away.c_str();
  HttpClient client({.url = "https://provider.example", .service = options});
  const auto refused = client.exchange();
  BOOST_TEST(refused.failure == unsigned{MSGR_HTTP_CONNECT});
  BOOST_TEST(refused.request_sent == 0U);
  RawServer silent([](Connection& connection) {
    while (!connection.read_request().empty()) {
    }
  });
  Behind behind(silent);
  HttpClient waiting({.url = "https://provider.example", .connect_timeout_ms = 100, .service = behind.options});
  const auto timed_out = waiting.exchange();
  BOOST_TEST(timed_out.failure == unsigned{MSGR_HTTP_TIMEOUT});
  BOOST_TEST(timed_out.request_sent == 0U);
}

BOOST_AUTO_TEST_CASE(exceptions_are_reached_directly) {
  RawServer provider(serve);
  RawServer proxy(tunnel);
  Behind behind(proxy);
  struct Row {
    const char *exception, *host;
    bool direct;
  };
  for (const Row& row : {Row{"127.0.0.0/8", "127.0.0.1", true}, Row{"127.0.0.1", "127.0.0.1", true},
                         Row{"10.0.0.0/8", "127.0.0.1", false}, Row{"localhost", "LocalHost", true},
                         Row{".localhost", "localhost", true}, Row{"host", "localhost", false},
                         Row{"localhost.", "a.localhost", true}, Row{"calhost", "localhost", false}}) {
    const char* const list[] = {row.exception, nullptr};
    behind.options.no_proxy = list;
    const int before = proxy.connections();
    HttpClient client(
        {.url = "http://" + std::string(row.host) + ":" + std::to_string(provider.port()), .service = behind.options});
    const bool is_name = std::string_view(row.host).find_first_not_of("0123456789.") != std::string_view::npos;
    if (is_name && !row.direct) {  // of a name behind the proxy nobody can say where plain http would go
      BOOST_TEST_REQUIRE(client.issues().size() == 1U);
      BOOST_TEST(has(client.issues().front(), "its setting no_proxy"));
      continue;
    }
    BOOST_TEST(client.exchange().status == 200U, row.exception);
    BOOST_TEST(proxy.connections() - before == (row.direct ? 0 : 1), row.exception);
  }
}

BOOST_AUTO_TEST_CASE(the_environment_changes_nothing) {
  RawServer provider(serve);
  RawServer proxy(tunnel);
  Behind behind(proxy);
  setenv("no_proxy", "*", 1);
  setenv("NO_PROXY", "*", 1);
  HttpClient client({.url = provider.url(), .service = behind.options});
  BOOST_TEST(client.exchange().status == 200U);
  BOOST_TEST(proxy.connections() == 1);
  unsetenv("no_proxy");
  unsetenv("NO_PROXY");
}

BOOST_AUTO_TEST_CASE(the_policy_holds_for_the_proxy_and_for_literal_targets) {
  RawServer proxy(tunnel);
  Behind behind(proxy);
  behind.options.allow_ranges = nullptr;
  HttpClient client({.url = "https://provider.example", .service = behind.options});
  BOOST_TEST(client.exchange().failure == unsigned{MSGR_HTTP_BLOCKED});
  BOOST_TEST(proxy.connections() == 0);
  Behind open(proxy);
  for (const char* url : {"https://10.0.0.1", "https://169.254.169.254", "https://2852039166",
                          "https://[::ffff:169.254.169.254]", "https://[::ffff:0:a9fe:a9fe]", "http://8.8.8.8"}) {
    const HttpClient literal({.url = url, .service = open.options});
    BOOST_TEST_REQUIRE(literal.issues().size() == 1U, url);
    BOOST_TEST(literal.issues().front().starts_with("/url: The host does not allow "));
  }
}

BOOST_AUTO_TEST_CASE(a_malformed_proxy_is_an_issue) {
  for (const char* url : {"", "proxy:3128", "socks5://127.0.0.1:1080", "http://127.0.0.1", "http://u:p@127.0.0.1:1",
                          "http://127.0.0.1:1/path", "http://127.0.0.1:1?x=y", "http://127.0.0.1:1\r\nX: y"}) {
    msgr_http_service_options options = loopback_options();
    options.proxy = url;
    std::string pointer;
    const auto issue = [](void* context, const msgr_issue* problem) {
      static_cast<std::string*>(context)->assign(problem->pointer.ptr, problem->pointer.len);
    };
    BOOST_TEST((msgr_http_service_create(&options, issue, &pointer) == nullptr), url);
    BOOST_TEST(pointer == "/proxy");
  }
}
