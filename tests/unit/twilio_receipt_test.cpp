// SPDX-License-Identifier: Apache-2.0
// What a genuine status callback means.
#include <boost/test/unit_test.hpp>
#include <string>

#include "twilio/receipt.hpp"

using namespace messenger;

namespace {

const std::string sid = "SM0123456789abcdef0123456789abcdef";

std::string form(const std::string& rest) {
  return "ApiVersion=2010-04-01&AccountSid=AC0123456789abcdef0123456789abcdef&To=%2B15551230001&MessageSid=" + sid +
         rest;
}

void is_not_understood(const std::string& body) {
  BOOST_TEST(!twilio::read_status_event(body).has_value(), body);
}

}  // namespace

BOOST_AUTO_TEST_CASE(each_of_the_13_statuses_has_its_meaning) {
  const std::pair<const char*, Status> meanings[] = {{"queued", Status::queued},
                                                     {"sending", Status::sending},
                                                     {"sent", Status::sent},
                                                     {"delivered", Status::delivered},
                                                     {"failed", Status::failed},
                                                     {"undelivered", Status::undelivered},
                                                     {"accepted", Status::accepted},
                                                     {"scheduled", Status::scheduled},
                                                     {"read", Status::read},
                                                     {"canceled", Status::canceled},
                                                     {"receiving", Status::inbound},
                                                     {"received", Status::inbound},
                                                     {"partially_delivered", Status::other}};
  BOOST_TEST(std::size(meanings) == 13U);
  for (const auto& [word, status] : meanings) {
    const auto event = twilio::read_status_event(form("&MessageStatus=" + std::string(word)));
    BOOST_TEST_REQUIRE(event.has_value(), word);
    BOOST_TEST((event->status == status), word);
    BOOST_TEST(event->word == word);
    BOOST_TEST(event->message_sid == sid);
    BOOST_TEST(event->error_code.empty());
  }
}

BOOST_AUTO_TEST_CASE(a_failure_has_its_error_code) {
  const auto event = twilio::read_status_event(form("&MessageStatus=undelivered&ErrorCode=30003"));
  BOOST_TEST_REQUIRE(event.has_value());
  BOOST_TEST(event->error_code == "30003");
}

BOOST_AUTO_TEST_CASE(an_error_code_that_is_none_is_left_out) {
  for (const char* code : {"", "0", "none", "30003%0A", "-1", "1234567890"}) {
    const auto event = twilio::read_status_event(form("&MessageStatus=sent&ErrorCode=" + std::string(code)));
    BOOST_TEST_REQUIRE(event.has_value(), code);
    BOOST_TEST(event->error_code == "", code);
  }
}

BOOST_AUTO_TEST_CASE(a_status_that_twilio_adds_later_is_other) {
  const auto event = twilio::read_status_event(form("&MessageStatus=teleported"));
  BOOST_TEST_REQUIRE(event.has_value());
  BOOST_TEST((event->status == Status::other));
  BOOST_TEST(event->word == "teleported");
}

BOOST_AUTO_TEST_CASE(the_older_names_of_the_parameters_are_read_too) {
  const auto event = twilio::read_status_event("SmsSid=" + sid + "&SmsStatus=sent");
  BOOST_TEST_REQUIRE(event.has_value());
  BOOST_TEST(event->message_sid == sid);
  BOOST_TEST((event->status == Status::sent));
  BOOST_TEST(twilio::read_status_event(form("&SmsSid=" + sid + "&MessageStatus=sent&SmsStatus=sent")).has_value());
}

BOOST_AUTO_TEST_CASE(what_names_no_message_no_status_or_two_is_not_understood) {
  for (const char* body : {"", "{}", "MessageStatus=sent", "MessageSid=SM1&MessageStatus=sent", "\xff\xfe%00"}) {
    is_not_understood(body);
  }
  is_not_understood(form(""));
  is_not_understood(form("&MessageStatus="));
  is_not_understood(form("&MessageStatus=Sent%20it"));
  is_not_understood(form("&MessageStatus=" + std::string(33, 'a')));
  is_not_understood(form("&MessageStatus=sent&MessageStatus=failed"));
  is_not_understood(form("&MessageStatus=sent&SmsStatus=failed"));
  is_not_understood(form("&MessageStatus=sent&MessageSid=SM1123456789abcdef0123456789abcdef"));
}

BOOST_AUTO_TEST_CASE(json_has_the_same_names) {
  const auto read = [](const std::string& rest) {
    return twilio::read_json_status_event(R"({"MessageSid":")" + sid + R"(","MessageStatus":"failed")" + rest);
  };
  for (const char* code : {"\"30003\"", "30003"}) {
    const auto event = read(R"(,"ErrorCode":)" + std::string(code) + ",\"Other\":[{}]}");
    BOOST_TEST_REQUIRE(event.has_value());
    BOOST_TEST((event->status == Status::failed));
    BOOST_TEST(event->message_sid == sid);
    BOOST_TEST(event->error_code == "30003");
  }
  BOOST_TEST(read(R"(,"ErrorCode":null})").has_value());
  for (const char* bad : {"", "}}", R"(,"SmsStatus":"sent"})", "]"}) {
    BOOST_TEST(!read(bad).has_value(), bad);
  }
  for (const char* bad : {"", "[]", "{}", "null", R"({"MessageSid":1,"MessageStatus":"sent"})"}) {
    BOOST_TEST(!twilio::read_json_status_event(bad).has_value(), bad);
  }
}
