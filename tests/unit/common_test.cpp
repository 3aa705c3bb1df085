// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <boost/test/unit_test.hpp>
#include <string>
#include <utility>
#include <vector>

#include <messenger/detail/http_syntax.hpp>
#include <messenger/detail/json_text.hpp>

#include "common/form.hpp"
#include "common/instant.hpp"
#include "common/json_reply.hpp"
#include "common/json_slice.hpp"
#include "common/retry_after.hpp"
#include "common/scratch.hpp"

namespace common = messenger::common;
using std::chrono::sys_seconds;

namespace {

const sys_seconds now{std::chrono::seconds(784'111'777)};  // Sun, 06 Nov 1994 08:49:37 GMT

struct Read {
  bool whole;
  std::string code, sid;
  bool number;
};

Read read(std::string_view body) {
  std::array<common::ReplyMember, 2> members{{{"code"}, {"sid"}}};
  const bool whole = common::read_reply(body, members);
  return {whole, std::string(members[0].text.view()), std::string(members[1].text.view()), members[0].is_number};
}

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_needs_an_escape_gets_it_wherever_it_stands) {
  const std::pair<char, std::string> escapes[] = {{'"', "\\\""}, {'\\', "\\\\"}, {'\n', "\\n"}, {'\x1f', "\\u001f"}};
  for (std::size_t at = 0; at != 20; ++at) {
    for (const auto& [c, escape] : escapes) {
      const std::string before(at, '\xC3');  // of no ASCII character, which passes through
      const std::string after(20 - at, '~');
      const std::string text = std::string(before).append(1, c).append(after);
      const std::string expected = std::string("\"").append(before).append(escape).append(after).append("\"");
      std::string out;
      messenger::detail::append_json_string(out, text);
      BOOST_TEST(out == expected);
    }
  }
}

BOOST_AUTO_TEST_CASE(what_no_header_may_have_is_found_wherever_it_stands) {
  using messenger::detail::is_header_value;
  std::string text = "a header's value \t \xC3\xA4 of many characters";
  BOOST_TEST(is_header_value(text));
  for (char& c : text) {
    for (const char bad : {'\0', '\r', '\n', '\x1f', '\x7f'}) {
      const char good = std::exchange(c, bad);
      BOOST_TEST(!is_header_value(text));
      c = good;
    }
  }
  BOOST_TEST(is_header_value(text));
}

BOOST_AUTO_TEST_CASE(forms_are_encoded) {
  std::string out;
  common::append_form(out, "To", "+15005550010");
  common::append_form(out, "Body", "A b&c=d%~*-._\n€");
  common::append_form(out, "Empty", "");
  BOOST_TEST(out == "To=%2B15005550010&Body=A+b%26c%3Dd%25%7E*-._%0A%E2%82%AC&Empty=");
}

BOOST_AUTO_TEST_CASE(the_bound_of_a_form_is_enough) {
  const std::string worst(100, '\xff');
  std::string out;
  out.reserve(common::form_bound("Body", worst));
  const char* memory = out.data();
  common::append_form(out, "Body", worst);
  BOOST_TEST((out.data() == memory));
  BOOST_TEST(out.size() == std::string("Body=").size() + 300);
}

BOOST_AUTO_TEST_CASE(a_scratch_buffer_does_not_move_and_is_wiped) {
  const char* memory = nullptr;
  std::size_t used = 0;
  {
    common::Scratch scratch(100, true);
    memory = scratch.text().data();
    scratch.text().append(100, 'x');
    BOOST_TEST((scratch.text().data() == memory));
    used = scratch.text().size();
  }
  common::Scratch again(10, false);
  BOOST_TEST((again.text().data() == memory));
  BOOST_TEST(again.text().empty());
  BOOST_TEST(std::string_view(memory, used).find('x') == std::string_view::npos);
}

BOOST_AUTO_TEST_CASE(retry_after_in_its_forms) {
  const std::pair<const char*, std::uint64_t> rows[] = {
      {"", 0},
      {"0", 0},
      {"120", 120'000},
      {"99999999999999999999999", 604'800'000},
      {"-5", 0},
      {"1.5", 0},
      {"soon", 0},
      {"Sun, 06 Nov 1994 08:50:37 GMT", 60'000},
      {"Sunday, 06-Nov-94 08:50:37 GMT", 60'000},
      {"Sun Nov  6 08:50:37 1994", 60'000},
      {"Sun, 06 Nov 1994 08:48:37 GMT", 0},
      {"Sun, 31 Feb 1994 08:48:37 GMT", 0},
      {"Sun, 06 Nov 1994 24:48:37 GMT", 0},
      {"Sun, 06 Nov 1994 08:50:37 CET", 0},
  };
  for (const auto& [text, ms] : rows) {
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(common::retry_after_ms(text, now) == ms);
    }
  }
  BOOST_TEST(common::retry_after_ms({}, now) == 0U);
}

BOOST_AUTO_TEST_CASE(iso_instants) {
  for (const char* text : {"1994-11-06T08:49:37Z", "1994-11-06T08:49:37.25Z", "1994-11-06T10:19:37+01:30",
                           "1994-11-06T03:49:37-0500", "1994-11-06t08:49:37z"}) {
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST((common::parse_iso_instant(text) == now));
    }
  }
  for (const char* text : {"", "1994-11-06", "1994-11-06T08:49:37", "1994-11-31T08:49:37Z", "1994-13-06T08:49:37Z",
                           "1994-11-06 08:49:37Z", "1994-11-06T08:49:37.Z", "1994-11-06T08:49:37+1",
                           "1994-11-06T8:49:37Z0", "1994-11-06T08:49:37+01:30x", "+994-11-06T08:49:37Z"}) {
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(!common::parse_iso_instant(text));
    }
  }
}

BOOST_AUTO_TEST_CASE(reply_members_are_found_at_the_top_only) {
  const Read seen = read(R"({"x":{"code":1,"sid":"no"},"y":[{"code":2}],"code":21211,"sid":"S\u0041\n","z":null})");
  BOOST_TEST(seen.whole);
  BOOST_TEST(seen.code == "21211");
  BOOST_TEST(seen.number);
  BOOST_TEST(seen.sid == "SA\n");
  BOOST_TEST(read(R"({"code":"21211"})").code == "21211");
  BOOST_TEST(!read(R"({"code":"21211"})").number);
  for (const char* other : {R"({"code":null})", R"({"code":1.5})", R"({"code":[21211]})", R"({"code":{"code":21211}})",
                            R"({"code":true})", R"({"code":21211,"code":null})"}) {
    BOOST_TEST_CONTEXT(other) {
      BOOST_TEST(read(other).whole);
      BOOST_TEST(read(other).code == "");
    }
  }
}

BOOST_AUTO_TEST_CASE(broken_replies_are_not_whole) {
  for (const std::string& body :
       {std::string(), std::string("<html>"), std::string("[]"), std::string("7"), std::string("{"), std::string("{}x"),
        std::string("{\"code\":1}{}"), std::string("\xff"), std::string("{\"sid\":\"\xff\"}"), nested(100'000),
        "{\"a\":" + nested(100'000) + "}"}) {
    BOOST_TEST(!read(body).whole);
  }
}

BOOST_AUTO_TEST_CASE(a_number_that_may_be_cut_off_is_dropped) {
  BOOST_TEST(read(R"({"code":212)").code == "");
  BOOST_TEST(read(R"({"code":21211,"mess)").code == "21211");
  BOOST_TEST(!read(R"({"code":21211,"mess)").whole);
}

BOOST_AUTO_TEST_CASE(a_long_member_is_cut_to_its_room) {
  const Read seen = read("{\"sid\":\"" + std::string(100'000, 'x') + "\",\"" + std::string(5'000, 'k') + "\":1}");
  BOOST_TEST(seen.whole);
  BOOST_TEST(seen.sid == std::string(256, 'x'));
}

BOOST_AUTO_TEST_CASE(dates_of_mail) {
  BOOST_TEST((common::parse_mail_date("Sun, 06 Nov 1994 08:49:37 +0000") == now));
  BOOST_TEST((common::parse_mail_date("Sun, 06 Nov 1994 09:49:37 +0100") == now));
  BOOST_TEST((common::parse_mail_date("Sun, 06 Nov 1994 08:19:37 -0030") == now));
  for (const char* bad : {"", "+0000", " +0000", "Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37+0000",
                          "Sun, 06 Nov 1994 08:49 +0000", "Sun, 31 Feb 1994 08:49:37 +0000",
                          "Sunday the sixth of November 1994, 08:49:37 +0000"}) {
    BOOST_TEST(!common::parse_mail_date(bad), bad);
  }
}

BOOST_AUTO_TEST_CASE(members_are_cut_out_as_they_were_written) {
  const std::string_view text = R"( { "a" : 1.50 ,"b":"x\"}", "c":[1,{"d":2}],"e":{"a":7}, "a":1e2, "n":null} )";
  BOOST_TEST(common::json_member(text, "a") == "1e2");
  BOOST_TEST(common::json_member(text, "b") == R"("x\"}")");
  BOOST_TEST(common::json_member(text, "c") == R"([1,{"d":2}])");
  BOOST_TEST(common::json_member(common::json_member(text, "e"), "a") == "7");
  BOOST_TEST(common::json_member(text, "n") == "null");
  for (const std::string_view none : {"d", "x", "", "a\""}) {
    BOOST_TEST((common::json_member(text, none).data() == nullptr));
  }
  for (const std::string_view no_object : {"", "[]", "7", R"("a")", "{}", "null"}) {
    BOOST_TEST((common::json_member(no_object, "a").data() == nullptr));
  }
}

BOOST_AUTO_TEST_CASE(elements_are_cut_out_as_they_were_written) {
  const auto elements = [](std::string_view rest) {
    std::vector<std::string> all;
    for (auto one = common::take_json_element(rest); !one.empty(); one = common::take_json_element(rest)) {
      all.emplace_back(one);
    }
    return all;
  };
  using Strings = std::vector<std::string>;
  BOOST_TEST(elements(R"([ 1.0 , "a,]" ,[2,3],{"b":[4]} , true ] )") ==
             (Strings{"1.0", R"("a,]")", "[2,3]", R"({"b":[4]})", "true"}));
  BOOST_TEST(elements("[ ]") == Strings{});
  BOOST_TEST(elements("{}") == Strings{});
  BOOST_TEST(elements("") == Strings{});
}

BOOST_AUTO_TEST_CASE(cutting_is_safe_in_what_is_no_json) {
  for (const std::string_view text : {"{", "{\"", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":\"", "{\"a\":\"\\", "{\"a\":[",
                                      "{\"a\":}}", "[", "[1", "[1,", "[[", "[\"", "[,,", "{\"a\"}", "[}"}) {
    std::string_view rest = text;
    BOOST_TEST(common::json_member(text, "b").empty());
    for (int i = 0; i != 20 && !common::take_json_element(rest).empty(); ++i) {
      BOOST_TEST(i != 19, text);
    }
  }
}

BOOST_AUTO_TEST_CASE(texts_of_json_are_decoded) {
  const std::pair<std::string_view, std::string_view> rows[] = {{R"("")", ""},
                                                                {R"("a\/b\u0026")", "a/b&"},
                                                                {R"("\"\\\b\f\n\r\t")", "\"\\\b\f\n\r\t"},
                                                                {R"("é\u00e9\u20ac\ud83d\ude00")", "éé€😀"},
                                                                {R"("\ud83dx\ude00")", "\uFFFDx\uFFFD"},
                                                                {R"("\u00")", "\uFFFD"},
                                                                {R"("\uzzzz")", "\uFFFD"},
                                                                {R"("\")", "\\"}};
  for (const auto& [json, text] : rows) {
    BOOST_TEST(common::json_text(json) == text, json);
  }
  for (const std::string_view no_text : {"", "7", "null", "[]", "\"", "\"a"}) {
    BOOST_TEST(common::json_text(no_text).empty());
  }
}

BOOST_AUTO_TEST_CASE(blanks_between_parts_go_and_those_in_texts_stay) {
  BOOST_TEST(common::compact_json("{ \"a b\" :\t[ 1.50 ,\n\" \\\" x \" ] ,\r\n\"c\": null }\n") ==
             R"({"a b":[1.50," \" x "],"c":null})");
  BOOST_TEST(common::compact_json("\"a") == "\"a");
  BOOST_TEST(common::compact_json(" ").empty());
  BOOST_TEST(common::compact_json("").empty());
}
