// SPDX-License-Identifier: Apache-2.0
// The messenger document before a plugin sees it.
#include <boost/test/unit_test.hpp>

#include "runtime/duplicate_member.hpp"
#include "runtime/messenger_document.hpp"

using messenger::host::find_duplicate_member;
using messenger::host::parse_messenger;

BOOST_AUTO_TEST_CASE(a_member_that_stands_twice_is_found_by_its_pointer) {
  BOOST_TEST(find_duplicate_member(R"({"a":1,"b":{"a":1,"c":[{"a":1},{"a":2}]}})") == "");
  BOOST_TEST(find_duplicate_member(R"({"a":1,"a":1})") == "/a");
  BOOST_TEST(find_duplicate_member(R"({"a":1,"b":{"c":[0,{"d":1,"e":{},"d":2}]}})") == "/b/c/1/d");
  BOOST_TEST(find_duplicate_member(R"({"a/b":{"x~":1,"x~":1}})") == "/a~1b/x~0");
  BOOST_TEST(find_duplicate_member(R"({"\u0061":1,"a":2})") == "/a");
  BOOST_TEST(find_duplicate_member("[]") == "");
}

BOOST_AUTO_TEST_CASE(a_messenger_with_such_a_member_is_refused) {
  const auto document = parse_messenger(
      R"({"messenger":{"type":"Generic","name":"n","url":"http://a","url":"http://b","connectTimeout":1,"readTimeout":1}})");
  BOOST_TEST_REQUIRE(document.issues.size() == 1U);
  BOOST_TEST(document.issues[0].pointer == "/messenger/url");
  BOOST_TEST(document.issues[0].code == "duplicate");
}
