// SPDX-License-Identifier: Apache-2.0
// The messenger document before a plugin sees it, and how the host writes JSON and instants.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>
#include <charconv>
#include <random>

#include "runtime/duplicate_member.hpp"
#include "runtime/instant_text.hpp"
#include "runtime/json_text.hpp"
#include "runtime/messenger_document.hpp"

using messenger::host::find_duplicate_member;
using messenger::host::Nulls;
using messenger::host::parse_messenger;
using messenger::host::to_sorted_text;

namespace {

std::string without_nulls(std::string_view text) {
  return to_sorted_text(boost::json::parse(text), Nulls::left_out);
}

std::string written_at(std::int64_t epoch_ms) {
  return messenger::host::instant_text(std::chrono::system_clock::time_point(std::chrono::milliseconds(epoch_ms)));
}

}  // namespace

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

BOOST_AUTO_TEST_CASE(members_are_written_in_the_order_of_their_names) {
  const auto value = boost::json::parse(R"({"b":[{"z":1,"a":null}],"":0,"ab":true,"a":{"y":"","x":1.5},"B":null})");
  BOOST_TEST(to_sorted_text(value) == R"({"":0,"B":null,"a":{"x":1.5,"y":""},"ab":true,"b":[{"a":null,"z":1}]})");
  BOOST_TEST(to_sorted_text(value, Nulls::left_out) == R"({"":0,"a":{"x":1.5,"y":""},"ab":true,"b":[{"z":1}]})");
}

BOOST_AUTO_TEST_CASE(members_that_are_null_go_at_any_depth_and_null_in_an_array_stays) {
  BOOST_TEST(without_nulls("null") == "null");
  BOOST_TEST(without_nulls("[null,1,null]") == "[null,1,null]");
  BOOST_TEST(without_nulls(R"({"b":null,"a":null})") == "{}");
  BOOST_TEST(without_nulls(R"({"c":null,"b":2,"a":null})") == R"({"b":2})");
  BOOST_TEST(without_nulls(R"({"a":{"b":{"c":null}}})") == R"({"a":{"b":{}}})");
  BOOST_TEST(without_nulls(R"([null,{"b":null,"a":[null,[{"c":null},null]]}])") == "[null,{\"a\":[null,[{},null]]}]");
  BOOST_TEST(without_nulls(R"({"a":"null","b":[],"c":false,"d":0})") == R"({"a":"null","b":[],"c":false,"d":0})");
}

BOOST_AUTO_TEST_CASE(strings_and_names_are_written_as_any_json_is) {
  std::vector<std::string> texts{"", "\"", "\\", "\\\"", "/", "Grüße, 世界 \xF0\x9F\x99\x82", "\xE2\x80\xA8"};
  std::string all;
  for (int c = 0; c < 0x80; ++c) {
    for (std::size_t before = 0; before < 9; ++before) {
      texts.push_back(std::string(before, '-') + static_cast<char>(c) + "é");
    }
    all += static_cast<char>(c);
  }
  texts.push_back(all);
  for (const std::string& text : texts) {
    const boost::json::value string(text);
    BOOST_TEST(to_sorted_text(string) == boost::json::serialize(string));
    const boost::json::value object = boost::json::object{{text, text}};
    BOOST_TEST(to_sorted_text(object, Nulls::left_out) == boost::json::serialize(object));
  }
}

BOOST_AUTO_TEST_CASE(an_instant_is_written_to_the_millisecond_that_it_lies_in) {
  BOOST_TEST(written_at(0) == "1970-01-01T00:00:00.000Z");
  BOOST_TEST(written_at(7) == "1970-01-01T00:00:00.007Z");
  BOOST_TEST(written_at(1'050) == "1970-01-01T00:00:01.050Z");
  BOOST_TEST(written_at(-1) == "1969-12-31T23:59:59.999Z");
  BOOST_TEST(written_at(-86'400'000 - 250) == "1969-12-30T23:59:59.750Z");
  BOOST_TEST(written_at(1'709'210'096'089) == "2024-02-29T12:34:56.089Z");
  BOOST_TEST(written_at(1'709'251'200'000) == "2024-03-01T00:00:00.000Z");
  BOOST_TEST(written_at(951'782'400'000) == "2000-02-29T00:00:00.000Z");
  BOOST_TEST(written_at(1'798'761'599'999) == "2026-12-31T23:59:59.999Z");
  BOOST_TEST(written_at(1'798'761'600'000) == "2027-01-01T00:00:00.000Z");
  const std::chrono::system_clock::time_point epoch;
  BOOST_TEST(messenger::host::instant_text(epoch - std::chrono::nanoseconds(1)) == "1969-12-31T23:59:59.999Z");
  BOOST_TEST(messenger::host::instant_text(epoch + std::chrono::nanoseconds(1'999'999)) == "1970-01-01T00:00:00.001Z");
}
