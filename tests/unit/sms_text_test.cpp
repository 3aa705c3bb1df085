// SPDX-License-Identifier: Apache-2.0
// What texts take on the air. Thousands of random ones are compared with Twilio's calculator in
// tests/clients/segments.test.mjs; these are its answers for the cases that have a reason.
#include <boost/test/unit_test.hpp>
#include <string>

#include "common/sms_text.hpp"

using namespace messenger::common;

namespace {

std::string times(std::size_t count, std::string_view text) {
  std::string all;
  for (; count != 0; --count) {
    all += text;
  }
  return all;
}

void expect(std::string_view text, SmsEncoding encoding, std::size_t parts, std::size_t units, std::size_t remaining,
            SmartEncoding smart = SmartEncoding::off) {
  const SmsText counted = sms_text(text, smart);
  BOOST_TEST(to_string(counted.encoding) == to_string(encoding));
  BOOST_TEST(counted.parts == parts);
  BOOST_TEST(counted.units == units);
  BOOST_TEST(counted.remaining == remaining);
}

constexpr auto gsm7 = SmsEncoding::gsm7;
constexpr auto ucs2 = SmsEncoding::ucs2;
constexpr std::string_view family = "\U0001F468\u200D\U0001F469\u200D\U0001F467";  // 8 units, one cluster

}  // namespace

BOOST_AUTO_TEST_CASE(an_empty_text_is_one_part) {
  expect("", gsm7, 1, 0, 160);
}

BOOST_AUTO_TEST_CASE(a_text_of_gsm7_has_160_septets_alone_and_153_in_each_of_several_parts) {
  expect(times(160, "a"), gsm7, 1, 160, 0);
  expect(times(161, "a"), gsm7, 2, 161, 145);
  expect(times(306, "a"), gsm7, 2, 306, 0);
  expect(times(307, "a"), gsm7, 3, 307, 152);
}

BOOST_AUTO_TEST_CASE(what_stands_behind_the_escape_takes_two_septets) {
  for (const char* escaped : {"\f", "^", "{", "}", "\\", "[", "~", "]", "|", "\u20AC"}) {
    expect(escaped, gsm7, 1, 2, 158);
  }
}

BOOST_AUTO_TEST_CASE(an_escape_pair_is_never_cut) {
  expect(times(152, "a") + "{" + times(10, "a"), gsm7, 2, 164, 141);
  expect(times(159, "a") + "{", gsm7, 2, 161, 145);
}

BOOST_AUTO_TEST_CASE(a_text_of_ucs2_has_70_units_alone_and_67_in_each_of_several_parts) {
  expect(times(70, "\u0416"), ucs2, 1, 70, 0);
  expect(times(71, "\u0416"), ucs2, 2, 71, 63);
  expect(times(134, "\u0416"), ucs2, 2, 134, 0);
  expect(times(135, "\u0416"), ucs2, 3, 135, 66);
}

BOOST_AUTO_TEST_CASE(the_backtick_and_the_small_c_with_cedilla_are_not_in_gsm7) {
  expect("`", ucs2, 1, 1, 69);
  expect("\u00E7", ucs2, 1, 1, 69);
  expect("\u00C7", gsm7, 1, 1, 159);
}

BOOST_AUTO_TEST_CASE(a_grapheme_cluster_is_never_cut) {
  expect(times(66, "a") + std::string(family), ucs2, 2, 74, 59);
  expect(times(66, "a") + "e\u0301" + times(5, "a"), ucs2, 2, 73, 60);
  expect(times(66, "a") + "\U0001F1E9\U0001F1EA" + "a", ucs2, 2, 71, 62);
}

BOOST_AUTO_TEST_CASE(a_line_break_of_two_characters_may_be_cut_between_them) {
  expect(times(66, "\u0416") + "\r\n" + times(10, "\u0416"), ucs2, 2, 78, 56);
  expect("\r\n", gsm7, 1, 2, 158);
}

BOOST_AUTO_TEST_CASE(a_cluster_that_no_part_holds_counts_as_one_part_behind_an_empty_first) {
  expect("e" + times(80, "\u0301"), ucs2, 2, 81, 0);
}

BOOST_AUTO_TEST_CASE(what_forces_ucs2_is_told_once_each_and_not_without_end) {
  const auto few = sms_text("a\u0416b\U0001F600\u0416").outside_gsm7;
  BOOST_TEST((few == std::vector<char32_t>{0x416, 0x1F600}));
  BOOST_TEST(sms_text("a{\u20AC").outside_gsm7.empty());
  std::string many;
  for (char c = '\x80'; c != '\xC0'; ++c) {
    many.append("\xD0").append(1, c);
  }
  BOOST_TEST(sms_text(many).outside_gsm7.size() == 16U);
}

BOOST_AUTO_TEST_CASE(smart_encoding_counts_the_text_that_twilio_would_send) {
  expect("\u201Cquoted\u201D \u2013 \u2026", gsm7, 1, 14, 146, SmartEncoding::on);
  expect("\u201Cquoted\u201D", ucs2, 1, 8, 62);
  expect("\u201C\u0416\u201D", ucs2, 1, 3, 67, SmartEncoding::on);
  expect(std::string_view("a\0\u200Bb", 6), gsm7, 1, 2, 158, SmartEncoding::on);
}

BOOST_AUTO_TEST_CASE(bytes_that_are_not_utf8_count_as_the_replacement_character) {
  for (const char* bytes : {"\x80", "\xC3", "\xFF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "a\xE2\x82"}) {
    for (const SmartEncoding smart : {SmartEncoding::off, SmartEncoding::on}) {
      const SmsText counted = sms_text(bytes, smart);
      BOOST_TEST(counted.parts == 1U);
      BOOST_TEST((counted.outside_gsm7 == std::vector<char32_t>{0xFFFD}));
    }
  }
}
