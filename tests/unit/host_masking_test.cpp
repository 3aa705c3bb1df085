// SPDX-License-Identifier: Apache-2.0
// What is hidden in text that others wrote.
#include <boost/json/parse.hpp>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <set>

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
    Row{"canary-token", "cut off: canary-to", "cut off: ***"},
    Row{"Canary-Token", "canary-token, CANARY-TOKEN", "***, ***"}};

// What JSON, URLs and HTML make of them, once or more than once.
const std::array escaped{
    Row{"geh\u00e4imw\u00f6rt99", R"({"echo":"geh\u00e4imw\u00F6rt99"})", R"({"echo":"***"})"},
    Row{"ab+cd/ef&gh12", R"({"echo":"ab\u002Bcd/ef\u0026gh12"})", R"({"echo":"***"})"},
    Row{"it's<b>99", R"("it\u0027s\u003Cb\u003e99")", R"("***")"},
    Row{"key-\U0001F600-key", R"("key-\ud83d\ude00-key")", R"("***")"},
    Row{"a&b<c", "<p>a&amp;b&lt;c</p>", "<p>***</p>"},
    Row{"it's \"it\"", "it&#39;s &#x22;it&quot;!", "***!"},
    Row{"geh\u00e4im", "<p>geh&auml;im, geh&amp;auml;im</p>", "<p>***, ***</p>"},
    Row{"quo\"te", R"({"echo":"{\"a\":\"quo\\\"te\"}"})", R"({"echo":"{\"a\":\"***\"}"})"},
    Row{"tilde~-.x", "a=tilde%7E%2d%2Ex&b", "a=***&b"},
    Row{"token", "%74%6F%6b%65%6E", "***"},
    Row{"a b/c", "a=a%2520b%252Fc&b", "a=***&b"},
    Row{"geh\u00e4im", "escape: geh%u00E4im", "escape: ***"},
    Row{"a%41\"b", R"({"echo":"a%41\"b"})", R"({"echo":"***"})"},
    Row{"back\\slash\\", R"({"echo":"back\\slash\\"})", R"({"echo":"***"})"},
    Row{"token", "hex 746f6b656e, 746F6B656E", "hex ***, ***"},
    Row{"password", R"({"echo":"dXNlcjp\/YXNzd29yZA\u003d\u003d\/cGFzc3dvcmQ"})", R"({"echo":"***"})"},
    Row{"geh\u00e4imw\u00f6rt99", R"(cut off: geh\u00e4imw\u00)", "cut off: ***"},
    Row{"ab&b&c&d", "cut off: ab&amp;b&am", "cut off: ***"}};

// Shorter than three bytes.
const std::array values{Row{"xt", R"({"textMessage":"next xt"})", R"({"textMessage":"next xt"})"},
                        Row{"12", "http://127.0.0.1/12", "http://127.0.0.1/12"},
                        Row{"ab", "ab", "***"},
                        Row{"ab", R"({"ab":"ab","x":["ab"]})", R"({"***":"***","x":["***"]})"},
                        Row{"ab", R"({"echo":"{\"a\":\"ab\"}"})", R"({"echo":"{\"a\":\"***\"}"})"},
                        Row{"\"'", R"({"echo":"\"'"})", R"({"echo":"***"})"},
                        Row{"7", R"({"pin":7,"size":77,"pins":[7, 7]})", R"({"pin":***,"size":77,"pins":[***, ***]})"},
                        Row{"ab", "x=ab&y=abc", "x=***&y=abc"},
                        Row{"ab", "X-Token: ab\r\nX-Cab: cab", "X-Token: ***\r\nX-Cab: cab"},
                        Row{"ab", "<a>ab</a>", "<a>***</a>"}};

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

BOOST_DATA_TEST_CASE(a_secret_is_hidden_whatever_escapes_it_has, boost::unit_test::data::make(escaped), row) {
  BOOST_TEST(hiding(row.hidden)(row.text) == row.shown);
}

BOOST_DATA_TEST_CASE(a_very_short_secret_is_hidden_as_a_whole_value_only, boost::unit_test::data::make(values), row) {
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

BOOST_AUTO_TEST_CASE(base64_of_three_bytes_is_hidden_as_a_whole_word) {
  BOOST_TEST(hiding("a:b")("Basic YTpi, YTpiYTpi") == "Basic ***, YTpiYTpi");
}

BOOST_AUTO_TEST_CASE(only_the_beginning_is_shown_and_what_it_cuts_off_is_hidden) {
  BOOST_TEST(hiding("token")("a token, b", 4) == "a ***");
  BOOST_TEST(hiding("token")("0123456789", 4) == "0123");
}

BOOST_AUTO_TEST_CASE(with_too_many_secrets_or_too_long_ones_all_is_hidden) {
  Masker many;
  for (std::size_t i = 0; i < Masker::most_secrets; ++i) {
    many.hide("secret-" + std::to_string(i));
    many.hide("secret-0");
  }
  BOOST_TEST(many("nothing secret-7 here") == "nothing *** here");
  many.hide("one more");
  BOOST_TEST(many("nothing") == "***");
  BOOST_TEST(many("") == "");
  BOOST_TEST(hiding(std::string((64U << 10U) + 1, 'x'))("nothing") == "***");
}

BOOST_AUTO_TEST_CASE(the_most_secrets_and_the_worst_text_take_a_moment_only) {
  Masker masker;
  for (std::size_t i = 0; i < Masker::most_secrets; ++i) {
    masker.hide(std::string(100, 'a') + std::to_string(i));
  }
  const auto begin = std::chrono::steady_clock::now();
  for (const char* piece : {"a", "%2525252561", "YWFh"}) {
    std::string text;
    while (text.size() < 300'000) {
      text += piece;
    }
    BOOST_TEST(masker(text, 16U << 10U).size() <= 16U << 10U);
  }
  BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(10)));
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

BOOST_AUTO_TEST_CASE(what_is_too_short_for_base64_is_secret_together_with_each_name_it_may_have) {
  const auto pairs_of = [](const char* messenger) {
    return short_credentials(R"({"properties":{"user":{"type":"string"},"pass":{"writeOnly":true}}})",
                             boost::json::parse(messenger).as_object());
  };
  const std::set<std::string> pairs{"bob:abc", "abc:abc"};
  BOOST_TEST((pairs_of(R"({"name":"n","user":"bob","pass":"abc"})") == pairs));
  BOOST_TEST(pairs_of(R"({"name":"n","user":"bob","pass":"password"})").empty());
  Masker masker;
  for (const std::string& pair : pairs) {
    masker.hide(pair);
  }
  BOOST_TEST(masker("Basic Ym9iOmFiYw==") == "Basic ***");
}

BOOST_AUTO_TEST_CASE(what_is_shown_is_valid_utf8_and_bounded) {
  BOOST_TEST(shown_text("plain \xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80", 100) ==
             "plain \xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80");
  BOOST_TEST(shown_text("\xC3", 100) == "\xEF\xBF\xBD");
  BOOST_TEST(shown_text("\xC0\xAF\xED\xA0\x80\xFF", 100) ==
             "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  BOOST_TEST(shown_text("abcdef", 3) == "abc");
}
