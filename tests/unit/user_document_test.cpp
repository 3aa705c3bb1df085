// SPDX-License-Identifier: Apache-2.0
#include "delivery/user_document.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include "issue_text.hpp"

using messenger::host::check_user;
using messenger::host::completed_user;
using messenger::host::login_ids;
using messenger::host::sms_methods;
using messenger::test::summary;
namespace json = boost::json;

namespace {

json::object parse(const std::string& text) {
  return json::parse(text).as_object();
}

json::object with_phone(const std::string& number) {
  return parse(R"({"username":"u","twoFactor":{"methods":[{"method":"sms","mobilePhone":")" + number + "\"}]}}");
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_user_needs_an_email_or_a_username) {
  BOOST_TEST(summary(check_user({})) == "blank /user/email; blank /user/username");
  BOOST_TEST(summary(check_user(parse(R"({"email":"","username":""})"))) == "blank /user/email; blank /user/username");
  BOOST_TEST(summary(check_user(parse(R"({"email":"a@b"})"))) == "");
  BOOST_TEST(summary(check_user(parse(R"({"username":"x"})"))) == "");
  for (const char* const email : {"a", "@b", "a@", "a@b@c", "a b@c"}) {
    BOOST_TEST(summary(check_user({{"email", email}})) == "invalid /user/email", email);
  }
}

BOOST_AUTO_TEST_CASE(what_is_not_a_users_is_refused_and_no_issue_repeats_a_password_or_a_number) {
  const auto issues = check_user(parse(R"({"username":"u","password":["canary"],"mobilePhone":5,"role":"x",
      "twoFactor":{"methods":[{"id":"a","method":"sms","mobilePhone":"canary 555"},
                              {"id":"a","method":"email","email":"x"}],"codes":[]}})"));
  BOOST_TEST(
      summary(issues) ==
      "blank /user/twoFactor/methods/1/mobilePhone; duplicate /user/twoFactor/methods/1/id; "
      "invalid /user/twoFactor/methods/0/mobilePhone; invalid /user/twoFactor/methods/1/method; "
      "invalidJSON /user/mobilePhone; invalidJSON /user/password; unknown /user/role; unknown /user/twoFactor/codes; "
      "unknown /user/twoFactor/methods/1/email");
  for (const auto& issue : issues) {
    BOOST_TEST(issue.text.find("canary") == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(a_number_is_what_people_write_and_stays_as_it_was_given) {
  for (const char* const number : {"+15551230001", "555-555-5555", "(303) 555 1212", "+49 (0)30 / 1234", "+49.30.1234",
                                   "3035551212", "1234", "+1234567890123456", "12345+", "5551212x", ""}) {
    const std::string_view text = number;
    const bool good = text.find('/') == text.npos && text != "1234" && text.size() != 17 && text != "12345+" &&
                      text != "5551212x" && !text.empty();
    BOOST_TEST(summary(check_user(with_phone(number))).empty() == good, number);
  }
  BOOST_TEST(sms_methods(completed_user(with_phone("(303) 555 1212"))).at(0).mobile_phone == "(303) 555 1212");
}

BOOST_AUTO_TEST_CASE(a_password_is_forgotten_and_every_method_gets_an_id) {
  const auto user = completed_user(parse(R"({"username":"U","email":"A@B","password":"canary","twoFactor":{"methods":
      [{"method":"sms","mobilePhone":"5551230001"},{"id":"mine","method":"sms","mobilePhone":"5551230002"}]}})"));
  BOOST_TEST(json::serialize(user).find("canary") == std::string::npos);
  BOOST_TEST(user.at("active").as_bool());
  const auto methods = sms_methods(user);
  BOOST_TEST_REQUIRE(methods.size() == 2U);
  BOOST_TEST(methods[0].id.size() == 8U);
  BOOST_TEST(methods[1].id == "mine");
  const std::vector<std::string> ids{"a@b", "u"};
  BOOST_TEST(login_ids(user) == ids, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_mobile_phone_alone_is_no_method) {
  BOOST_TEST(sms_methods(completed_user(parse(R"({"username":"u","mobilePhone":"+15551230001"})"))).empty());
  BOOST_TEST(sms_methods(completed_user(parse(R"({"username":"u","twoFactor":{}})"))).empty());
  BOOST_TEST(sms_methods(completed_user(parse(R"({"username":"u","twoFactor":null})"))).empty());
}
