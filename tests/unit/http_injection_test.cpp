// SPDX-License-Identifier: Apache-2.0
// Nothing that goes into a request can become more than it is: a second header, a second request, another path.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "http_client.hpp"
#include "raw_server.hpp"

using namespace messenger::test;
namespace data = boost::unit_test::data;
using namespace std::string_literals;

namespace {

/// What ends a line, a header, a request or a C string.
const std::vector<std::string> breaks{"\r\nX-Injected: 1",
                                      "\nX-Injected: 1",
                                      "\rX-Injected: 1",
                                      "\r\n\r\nGET /injected HTTP/1.1\r\n\r\n",
                                      "\0X-Injected: 1"s,
                                      "\v",
                                      "\x7f"};

void serve(Connection& connection) {
  while (!connection.read_request().empty()) {
    connection.answer();
  }
}

struct Stage {
  RawServer server{serve};
  HttpClient::Options options{.url = server.url("/base")};

  /// Nothing that was injected has arrived.
  ~Stage() {
    for (const auto& request : server.requests()) {
      BOOST_TEST(request.find("njected") == std::string::npos, request);
    }
  }
  bool opens(const HttpClient::Options& wanted) const { return HttpClient(wanted).issues().empty(); }
};

}  // namespace

BOOST_DATA_TEST_CASE(in_the_url, data::make(breaks), text) {
  Stage stage;
  stage.options.url += text;
  BOOST_TEST(!stage.opens(stage.options));
}

BOOST_DATA_TEST_CASE(in_an_endpoints_header, data::make(breaks), text) {
  Stage stage;
  stage.options.headers = {{"X-A", "a" + text}};
  BOOST_TEST(!stage.opens(stage.options));
  stage.options.headers = {{"X-A" + text, "a"}};
  BOOST_TEST(!stage.opens(stage.options));
}

BOOST_DATA_TEST_CASE(in_a_requests_parts, data::make(breaks), text) {
  Stage stage;
  HttpClient client(stage.options);
  BOOST_TEST(!client.accepts({.method = "POST" + text}));
  BOOST_TEST(!client.accepts({.target = "/x" + text}));
  BOOST_TEST(!client.accepts({.target = "?q=" + text}));
  BOOST_TEST(!client.accepts({.content_type = "text/plain" + text}));
  BOOST_TEST(!client.accepts({.headers = {{"X-A", "a" + text}}}));
  BOOST_TEST(!client.accepts({.headers = {{"X-A" + text, "a"}}}));
  BOOST_TEST(stage.server.requests().empty());
  BOOST_TEST(client.exchange().status == 200U);  // and the endpoint goes on
}

BOOST_AUTO_TEST_CASE(a_method_is_a_word_in_capitals) {
  Stage stage;
  HttpClient client(stage.options);
  for (const char* method : {"", "post", "GE T", "POST/"}) {
    BOOST_TEST(!client.accepts({.method = method}), method);
  }
}

BOOST_DATA_TEST_CASE(in_credentials_it_is_encoded, data::make(breaks), text) {
  Stage stage;
  stage.options.username = "user";
  stage.options.password = "password" + text;
  HttpClient client(stage.options);
  BOOST_TEST(client.exchange().status == 200U);
  BOOST_TEST(stage.server.requests().size() == 1U);
}

BOOST_DATA_TEST_CASE(a_target_never_leaves_the_endpoints_path,
                     data::make({"/../x", "/..", "/./x", "/a/../../x", "/%2e%2e/x", "/%2E./x", "/.%2e", "/%2e",
                                 "\\..\\x", "/a\\..\\x", "x", "//x@host/..", "http://other.example/", "@other.example",
                                 ":1", "/x#fragment", "/x y"}),
                     target) {
  Stage stage;
  HttpClient client(stage.options);
  BOOST_TEST(!client.accepts({.target = target}));
  BOOST_TEST(stage.server.requests().empty());
}

BOOST_AUTO_TEST_CASE(what_only_looks_like_it_is_sent_as_it_is) {
  Stage stage;
  HttpClient client(stage.options);
  for (const char* target : {"/...", "/a..b", "/..a", "//x", "/%2ea", "?a=../b", "/x@y:1", "/%0d%0aX-A:1"}) {
    BOOST_TEST(client.exchange({.target = target}).status == 200U);
    BOOST_TEST(stage.server.requests().back().starts_with("POST /base" + std::string(target) + " HTTP/1.1\r\n"));
  }
}

BOOST_DATA_TEST_CASE(headers_that_frame_the_message_are_nobodys,
                     data::make({"Content-Length", "transfer-encoding", "Connection", "TE", "Trailer", "Upgrade",
                                 "Expect", "Proxy-Authorization", "", "X A", "X:A", "X-\xc3\xa4"}),
                     name) {
  Stage stage;
  HttpClient client(stage.options);
  BOOST_TEST(!client.accepts({.headers = {{name, "1"}}}));
  stage.options.headers = {{name, "1"}};
  BOOST_TEST(!stage.opens(stage.options));
}
