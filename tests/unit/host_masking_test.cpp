// SPDX-License-Identifier: Apache-2.0
// What is hidden in text that others wrote.
#include <boost/json/parse.hpp>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "delivery/config_secrets.hpp"
#include "delivery/masking.hpp"
#include "delivery/shown_text.hpp"

using namespace messenger::host;

namespace {

Masker hiding(std::string_view secret) {
  Masker masker;
  masker.hide(secret);
  return masker;
}

Masker hiding_number(std::string_view number) {
  Masker masker;
  masker.hide_number(number);
  return masker;
}

struct Row {
  const char *hidden, *text, *shown;
};
std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.hidden << " in " << row.text;
}

const std::array secrets{
    Row{"", "nothing", "nothing"},
    Row{"token", "the token, and again: token", "the ***, and again: ***"},
    Row{"aba", "xababax", "x***x"},
    Row{R"(a"b\c/d)", R"({"echo":"a\"b\\c/d"})", R"({"echo":"***"})"},
    Row{R"(a"b\c/d)", R"({"echo":"a\"b\\c\/d"})", R"({"echo":"***"})"},
    Row{"a b&c", "Body=a+b%26c&To=1", "Body=***&To=1"},
    Row{"a b&c", "Body=a%20b%26c&To=1", "Body=***&To=1"},
    Row{"a:/b", "x=a%3a%2fb;", "x=***;"},
    Row{"password", "Authorization: Basic dXNlcjpwYXNzd29yZA==.", "Authorization: Basic ***."},  // user:password
    Row{"password", "ab YTpwYXNzd29yZA==", "ab ***"},                                            // a:password
    Row{"password", "ab YWI6cGFzc3dvcmQ=", "ab ***"},                                            // ab:password
    Row{"012345", "code 012 345, or 012-345, or 0.1.2.3.4.5", "code ***, or ***, or ***"},
    Row{"012345", "id 90123456", "id 9***6"},
    Row{"canary-token", "cut off: canary-to", "cut off: ***"}};

const std::array numbers{Row{"+15551230001", "To +15551230001.", "To ***."},
                         Row{"+15551230001", "To=%2B15551230001&x", "To=***&x"},
                         Row{"+15551230001", "call (555) 123-0001 now", "call (*** now"},
                         Row{"+15551230001", "1-555-123-0001", "***"},
                         Row{"+15551230001", "0015551230001", "***"},
                         Row{"+15551230001", "1230001", "***"},
                         Row{"+15551230001", "at 12:30, 0001", "at 12:30, 0001"},
                         Row{"12345", "short code 12345", "short code ***"}};

}  // namespace

BOOST_DATA_TEST_CASE(a_secret_is_hidden_however_it_is_written, boost::unit_test::data::make(secrets), row) {
  BOOST_TEST(hiding(row.hidden)(row.text) == row.shown);
}

BOOST_DATA_TEST_CASE(a_number_is_hidden_however_it_is_written, boost::unit_test::data::make(numbers), row) {
  BOOST_TEST(hiding_number(row.hidden)(row.text) == row.shown);
}

BOOST_AUTO_TEST_CASE(overlapping_secrets_leave_nothing_of_either) {
  Masker masker;
  masker.hide("abcd");
  masker.hide("cdef");
  BOOST_TEST(masker("-abcdef-") == "-***-");
}

BOOST_AUTO_TEST_CASE(the_digits_of_a_text_may_be_codes) {
  Masker masker;
  masker.hide_codes_of("Your code is 834-112, good for 10 minutes.");
  BOOST_TEST(masker("echo 834112 after 10 minutes") == "echo *** after 10 minutes");
}

BOOST_AUTO_TEST_CASE(a_destination_keeps_its_end) {
  BOOST_TEST(masked_number("+15551230001") == "********0001");
  BOOST_TEST(masked_number("12345") == "****5");
  BOOST_TEST(masked_number("") == "");
}

BOOST_AUTO_TEST_CASE(in_doubt_a_member_of_a_configuration_is_secret) {
  const auto secrets_of = [](std::string_view schema) {
    const auto messenger = boost::json::parse(
        R"({"name":"n","data":{"x":"kept"},"open":"open","token":"s1","pin":1234,"headers":{"A":"s2","B":["s3"]},
            "mistyped":"s4"})");
    std::string all;
    for (const std::string& secret : config_secrets(schema, messenger.as_object())) {
      all += secret + " ";
    }
    return all;
  };
  const std::string described = R"("open":{"type":"string"},"headers":{"type":"object"})";
  BOOST_TEST(secrets_of(R"({"properties":{"token":{"type":"string","writeOnly":true},"pin":{"writeOnly":true},)" +
                        described + "}}") == "s1 1234 s2 s3 s4 ");
  BOOST_TEST(secrets_of(R"({"properties":{"token":{"$ref":"#/x"},"pin":{"allOf":[]},)" + described + "}}") ==
             "s1 1234 s2 s3 s4 ");
  BOOST_TEST(secrets_of("no schema") == "open s1 1234 s2 s3 s4 ");
}

BOOST_AUTO_TEST_CASE(what_is_shown_is_valid_utf8_and_bounded) {
  BOOST_TEST(shown_text("plain \xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80", 100) ==
             "plain \xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80");
  BOOST_TEST(shown_text("\xC3", 100) == "\xEF\xBF\xBD");
  BOOST_TEST(shown_text("\xC0\xAF\xED\xA0\x80\xFF", 100) ==
             "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  BOOST_TEST(shown_text("abcdef", 3) == "abc");
}
