// SPDX-License-Identifier: Apache-2.0
// The messenger document before a plugin sees it.
#include <boost/test/unit_test.hpp>
#include <charconv>
#include <random>

#include "runtime/duplicate_member.hpp"
#include "runtime/json_text.hpp"
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

BOOST_AUTO_TEST_CASE(every_double_is_read_as_it_was_written) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> any(-1e6, 1e6);
  std::string text = "[-0.0,5e-324,1.7976931348623157e+308";
  for (int i = 0; i < 10'000; ++i) {
    std::array<char, 32> digits{};
    text.append(",").append(digits.data(), std::to_chars(digits.data(), digits.data() + 32, any(random)).ptr);
  }
  const auto parsed = messenger::host::parse_json(text + "]");
  BOOST_TEST(messenger::host::to_sorted_text(std::get<boost::json::value>(parsed)) == text + "]");
}

BOOST_AUTO_TEST_CASE(what_is_no_json_is_told_where) {
  const auto problem = [](std::string_view text) { return std::get<std::string>(messenger::host::parse_json(text)); };
  BOOST_TEST(problem("").starts_with("Not JSON at line 1, column 1: "));
  BOOST_TEST(problem("{\n \"a\":").starts_with("Not JSON at line 2, column "));
  BOOST_TEST(problem("{} {}") == "Not JSON at line 1, column 4: something follows the document.");
  BOOST_TEST(problem(std::string(100, '[')).starts_with("Not JSON at line 1, column "));
}

BOOST_AUTO_TEST_CASE(an_integer_of_more_than_64_bits_is_refused_and_not_rounded) {
  const auto parsed = [](std::string_view text) { return messenger::host::parse_json(text); };
  const auto number = parsed(R"([18446744073709551615,-9223372036854775808,123456789012345678901234567890.0,1e29])");
  BOOST_TEST(std::holds_alternative<boost::json::value>(number));
  for (const char* const digits : {"18446744073709551616", "-9223372036854775809", "123456789012345678901234567890"}) {
    const auto refused = parsed("{\n  \"a\": " + std::string(digits) + "}");
    BOOST_TEST_REQUIRE(std::holds_alternative<std::string>(refused));
    BOOST_TEST(std::get<std::string>(refused) == "The integer at line 2, column 8 does not fit into 64 bits.");
  }
}
