// SPDX-License-Identifier: Apache-2.0
#include <messenger/detail/http_syntax.hpp>
#include <messenger/detail/json_pointer.hpp>

#include <boost/test/unit_test.hpp>
#include <string>

using messenger::detail::url_problem;

BOOST_AUTO_TEST_CASE(good_urls) {
  for (const char* url :
       {"http://h", "https://api.twilio.com", "HTTPS://Example.com/webhook", "http://127.0.0.1:8080/a/b?c=d&e=%20",
        "http://[::1]", "http://[::1]:65535/", "https://h?q", "http://h:1/@not-user-info"}) {
    BOOST_TEST_CONTEXT(url) {
      BOOST_TEST(url_problem(url) == "");
    }
  }
}

BOOST_AUTO_TEST_CASE(bad_urls) {
  for (const char* url : {"",
                          "h",
                          "/path",
                          "://h",
                          "ftp://h",
                          "file:///etc/passwd",
                          "http:/h",
                          "http://",
                          "http:///path",
                          "http://?q",
                          "http://:80",
                          "http://u@h",
                          "http://u:p@h/",
                          "https://h/#",
                          "https://h#f",
                          "http://h /",
                          " http://h",
                          "http://h\n",
                          "http://h\t",
                          "http://h/\x7f",
                          "http://hä/",
                          "http://h:",
                          "http://h:0",
                          "http://h:65536",
                          "http://h:8o",
                          "http://h:-1",
                          "http://::1/",
                          "http://[::1",
                          "http://[]/",
                          "http://[::1]x",
                          "http://ho<st/x",
                          "http://[::1]:",
                          "http:\\\\h",
                          "http://h\\@evil/"}) {
    BOOST_TEST_CONTEXT(url) {
      BOOST_TEST(url_problem(url) != "");
    }
  }
  BOOST_TEST(url_problem(std::string_view("http://h/\0x", 11)) != "");
}

BOOST_AUTO_TEST_CASE(pointer_tokens_round_trip) {
  for (const std::string name : {"", "a", "a/b", "~", "~1", "~~//", "ä"}) {
    const std::string pointer = messenger::detail::pointer_to(name) + "/rest";
    std::string_view rest = pointer;
    BOOST_TEST(messenger::detail::take_token(rest) == name);
    BOOST_TEST(rest == "/rest");
  }
  std::string_view odd = "/a~";
  BOOST_TEST(messenger::detail::take_token(odd) == "a~");
}
