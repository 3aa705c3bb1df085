// SPDX-License-Identifier: Apache-2.0
// The HTTP service where nothing goes wrong: what is sent, what comes back, what is reused.
#include <stdlib.h>

#include <boost/test/unit_test.hpp>

#include "http_client.hpp"
#include "raw_server.hpp"

using namespace messenger::test;

namespace {

void answer_all(Connection& connection) {
  while (!connection.read_request().empty()) {
    connection.answer();
  }
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string last_seen(const RawServer& server) {
  return server.requests().empty() ? "" : server.requests().back();
}

std::string request_seen(HttpClient::Options options, const HttpClient::Request& request) {
  RawServer server(answer_all);
  options.url = server.url(options.url);
  HttpClient client(options);
  BOOST_TEST_REQUIRE(client.issues().empty());
  BOOST_TEST(client.exchange(request).status == 200U);
  BOOST_TEST_REQUIRE(server.requests().size() == 1U);
  return server.requests().front();
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_post_carries_method_target_headers_and_body) {
  const auto seen = request_seen({.url = "/base", .headers = {{"X-Every", "e"}}},
                                 {.target = "/more?a=b", .body = R"({"x":1})", .headers = {{"X-One", "o"}}});
  BOOST_TEST(seen.starts_with("POST /base/more?a=b HTTP/1.1\r\n"));
  BOOST_TEST(contains(seen, "\r\nX-One: o\r\n"));
  BOOST_TEST(contains(seen, "\r\nX-Every: e\r\n"));
  BOOST_TEST(contains(seen, "\r\nContent-Type: application/json\r\n"));
  BOOST_TEST(contains(seen, "\r\nUser-Agent: messenger/" MSGR_VERSION "\r\n"));
  BOOST_TEST(!contains(seen, "Expect:"));
  BOOST_TEST(seen.ends_with("\r\n\r\n{\"x\":1}"));
}

BOOST_AUTO_TEST_CASE(a_user_agent_that_is_given_replaces_ours) {
  const std::string ours = "User-Agent: messenger/" MSGR_VERSION;
  const auto of_endpoint = request_seen({.headers = {{"user-agent", "mine"}, {"X-Every", "e"}}}, {});
  BOOST_TEST(contains(of_endpoint, "\r\nuser-agent: mine\r\n"));
  BOOST_TEST(!contains(of_endpoint, ours));
  const auto of_request =
      request_seen({.headers = {{"X-Every", "e"}}}, {.headers = {{"X-One", "o"}, {"USER-AGENT", "mine"}}});
  BOOST_TEST(contains(of_request, "\r\nUSER-AGENT: mine\r\n"));
  BOOST_TEST(contains(of_request, "\r\nX-Every: e\r\n"));
  BOOST_TEST(!contains(of_request, ours));
}

BOOST_AUTO_TEST_CASE(a_target_is_for_one_request_only) {
  RawServer server(answer_all);
  HttpClient client({.url = server.url("/base?key=k")});
  for (const auto& [target, line] :
       {std::pair("/one?a=b", "POST /base/one?key=k&a=b HTTP/1.1\r\n"), std::pair("", "POST /base?key=k HTTP/1.1\r\n"),
        std::pair("/two", "POST /base/two?key=k HTTP/1.1\r\n"),
        std::pair("/three", "POST /base/three?key=k HTTP/1.1\r\n")}) {
    client.exchange({.target = target});
    BOOST_TEST(last_seen(server).starts_with(line));
  }
  BOOST_TEST(server.connections() == 1);
}

BOOST_AUTO_TEST_CASE(a_get_has_no_body_and_a_delete_keeps_its_name) {
  RawServer server(answer_all);
  HttpClient client({.url = server.url()});
  for (const char* method : {"GET", "DELETE", "POST", "PUT", "GET"}) {
    const bool body = std::string_view(method) == "POST" || std::string_view(method) == "PUT";
    client.exchange({.method = method, .target = "/m", .content_type = "", .body = body ? "b" : ""});
    const auto seen = server.requests().back();
    BOOST_TEST(seen.starts_with(std::string(method) + " /m HTTP/1.1\r\n"));
    BOOST_TEST(contains(seen, "Content-Length: 1\r\n") == body);
    BOOST_TEST(!contains(seen, "Content-Type"));
  }
  BOOST_TEST(server.connections() == 1);
}

BOOST_AUTO_TEST_CASE(the_endpoints_query_stays_in_front_of_the_requests) {
  BOOST_TEST(request_seen({.url = "/p?k=v"}, {.target = ""}).starts_with("POST /p?k=v HTTP/1.1\r\n"));
  BOOST_TEST(request_seen({.url = "/p?k=v"}, {.target = "/q?a=b"}).starts_with("POST /p/q?k=v&a=b HTTP/1.1\r\n"));
  BOOST_TEST(request_seen({.url = "/p/"}, {.target = "/q"}).starts_with("POST /p/q HTTP/1.1\r\n"));
}

BOOST_AUTO_TEST_CASE(basic_credentials_are_those_of_rfc_7617) {
  BOOST_TEST(contains(request_seen({.username = "Aladdin", .password = "open sesame"}, {}),
                      "\r\nAuthorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n"));
  BOOST_TEST(contains(request_seen({.username = "test", .password = "123\xC2\xA3"}, {}),
                      "\r\nAuthorization: Basic dGVzdDoxMjPCow==\r\n"));
  BOOST_TEST(contains(request_seen({.username = "ab", .password = ""}, {}), "\r\nAuthorization: Basic YWI6\r\n"));
}

BOOST_AUTO_TEST_CASE(an_empty_header_value_is_sent_and_a_content_type_of_the_endpoint_is_sent_once) {
  const auto seen =
      request_seen({.headers = {{"content-type", "application/json; x=1"}, {"X-Empty", ""}, {"X-Blank", " "}}},
                   {.content_type = ""});
  BOOST_TEST(contains(seen, "\r\nX-Empty:\r\n"));
  BOOST_TEST(contains(seen, "\r\nX-Blank:\r\n"));
  BOOST_TEST(contains(seen, "\r\ncontent-type: application/json; x=1\r\n"));
  BOOST_TEST(!contains(seen, "Content-Type:"));
}

BOOST_AUTO_TEST_CASE(the_response_comes_with_status_body_ticket_and_headers_in_any_case) {
  RawServer server([](Connection& connection) {
    connection.read_request();
    connection.answer("hello", "429 Too Many Requests", "retry-AFTER: 7\r\nContent-Type: text/plain\r\n");
  });
  HttpClient client({.url = server.url()});
  const auto answer = client.exchange({.ticket = 42});
  BOOST_TEST(answer.failure == unsigned{MSGR_HTTP_RESPONSE});
  BOOST_TEST(answer.request_sent == 1U);
  BOOST_TEST(answer.status == 429U);
  BOOST_TEST(answer.ticket == 42U);
  BOOST_TEST(answer.body == "hello");
  BOOST_TEST(answer.headers.at("Retry-After") == "7");
  BOOST_TEST(answer.headers.at("Content-Type") == "text/plain");
  BOOST_TEST(answer.headers.count("X-Absent") == 0U);
}

BOOST_AUTO_TEST_CASE(one_connection_serves_many_requests) {
  RawServer server(answer_all);
  HttpClient client({.url = server.url()});
  for (int i = 0; i < 50; ++i) {
    BOOST_TEST(client.exchange().status == 200U);
  }
  BOOST_TEST(server.connections() == 1);
  BOOST_TEST(client.stats().connections_opened == 1U);
  BOOST_TEST(client.stats().requests == 50U);
}

BOOST_AUTO_TEST_CASE(a_connection_that_the_server_closed_while_idle_is_replaced) {
  RawServer server([](Connection& connection) {
    connection.read_request();
    connection.answer();
  });
  HttpClient client({.url = server.url()});
  for (int i = 1; i <= 5; ++i) {
    BOOST_TEST(client.exchange().status == 200U);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // the FIN arrives
  }
  BOOST_TEST(server.connections() == 5);
}

BOOST_AUTO_TEST_CASE(many_requests_at_once_on_several_io_threads) {
  RawServer server(answer_all);
  for (const std::uint32_t threads : {1U, 3U}) {
    HttpClient client({.url = server.url(), .io_threads = threads});
    std::vector<std::future<Answer>> answers;
    for (std::uint64_t ticket = 1; ticket <= 100; ++ticket) {
      answers.push_back(client.start({.target = "/" + std::to_string(ticket), .ticket = ticket}));
    }
    for (std::uint64_t ticket = 1; ticket <= 100; ++ticket) {
      const auto answer = answers[ticket - 1].get();
      BOOST_TEST(answer.ticket == ticket);
      BOOST_TEST(answer.status == 200U);
    }
  }
}

BOOST_AUTO_TEST_CASE(proxies_in_the_environment_are_ignored) {
  RawServer proxy(answer_all);
  for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"}) {
    setenv(name, proxy.url().c_str(), 1);
  }
  RawServer server(answer_all);
  HttpClient client({.url = server.url()});
  BOOST_TEST(client.exchange().status == 200U);
  BOOST_TEST(proxy.connections() == 0);
  BOOST_TEST(server.connections() == 1);
}

BOOST_AUTO_TEST_CASE(a_redirect_is_an_answer) {
  RawServer other(answer_all);
  RawServer server([&](Connection& connection) {
    connection.read_request();
    connection.answer("", "302 Found", "Location: " + other.url() + "\r\n");
  });
  HttpClient client({.url = server.url()});
  BOOST_TEST(client.exchange().status == 302U);
  BOOST_TEST(other.connections() == 0);
}

BOOST_AUTO_TEST_CASE(an_unusable_url_or_header_is_an_issue_that_names_it) {
  const auto first_issue = [](HttpClient::Options options) {
    const HttpClient client(std::move(options));
    return client.issues().empty() ? std::string() : client.issues().front();
  };
  for (const char* url : {"", "example.com/x", "ftp://example.com", "http://", "http://u:p@example.com",
                          "http://example.com/#f", "http://exa mple.com", "http://example.com/\r\nX: y"}) {
    BOOST_TEST(first_issue({.url = url}).starts_with("/url: "), url);
  }
  const std::string good = "http://127.0.0.1:1";
  BOOST_TEST(first_issue({.url = good, .headers = {{"X-A", "a\r\nX-B: b"}}}).starts_with("/headers/X-A: "));
  BOOST_TEST(first_issue({.url = good, .headers = {{"X A", "a"}}}).starts_with("/headers/X A: "));
  BOOST_TEST(first_issue({.url = good, .headers = {{"content-length", "3"}}}).starts_with("/headers/content-length: "));
  BOOST_TEST(first_issue({.url = good, .username = "a:b", .password = "c"}).starts_with("/username: "));
  BOOST_TEST(first_issue({.url = good}) == "");
}

// Endpoints use each other's idle handles, on which the request before has left its options.
BOOST_AUTO_TEST_CASE(endpoints_of_one_service_send_nothing_of_each_other) {
  RawServer one(answer_all);
  RawServer other(answer_all);
  HttpClient first({.url = one.url("/a"), .username = "user", .password = "word", .headers = {{"X-Own", "a"}}});
  HttpClient second({.url = other.url("/b")}, &first);
  for (int i = 0; i < 3; ++i) {
    first.exchange({.method = "PUT", .target = "/t?x=1", .body = "of-first", .headers = {{"X-Once", "1"}}});
    auto seen = last_seen(one);
    BOOST_TEST(seen.starts_with("PUT /a/t?x=1 HTTP/1.1\r\n"));
    BOOST_TEST(contains(seen, "\r\nX-Own: a\r\n"));
    BOOST_TEST(contains(seen, "\r\nX-Once: 1\r\n"));
    BOOST_TEST(contains(seen, "\r\nAuthorization: Basic dXNlcjp3b3Jk\r\n"));
    second.exchange({.body = "of-second"});
    seen = last_seen(other);
    BOOST_TEST(seen.starts_with("POST /b HTTP/1.1\r\n"));
    BOOST_TEST(seen.ends_with("\r\n\r\nof-second"));
    for (const char* foreign : {"X-Own", "X-Once", "Authorization", "of-first"}) {
      BOOST_TEST(!contains(seen, foreign));
    }
    first.exchange({.method = "GET", .content_type = "", .body = ""});
    BOOST_TEST(last_seen(one).starts_with("GET /a HTTP/1.1\r\n"));
  }
  BOOST_TEST(one.connections() == 1);
  BOOST_TEST(other.connections() == 1);
}

BOOST_AUTO_TEST_CASE(an_endpoint_opened_after_another_was_closed_goes_where_it_is_told) {
  RawServer server(answer_all);
  const HttpClient lasting({.url = server.url()});
  for (int i = 0; i < 5; ++i) {
    const std::string path = "/place" + std::to_string(i);
    HttpClient client({.url = server.url(path)}, &lasting);
    client.exchange();
    BOOST_TEST(last_seen(server).starts_with("POST " + path + " HTTP/1.1\r\n"));
  }
}
