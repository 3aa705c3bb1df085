// SPDX-License-Identifier: Apache-2.0
#include "delivery/tenant_settings.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include "issue_text.hpp"

using messenger::host::check_tenant;
using messenger::host::CodeType;
using messenger::host::read_tenant_settings;
using messenger::host::with_default_settings;
using messenger::test::summary;
namespace json = boost::json;

namespace {

json::object parse(const char* text) {
  return json::parse(text).as_object();
}

const char* const full = R"({"name":"Default","data":{"a":1},
    "multiFactorConfiguration":{"sms":{"enabled":true,"messengerId":"0000000A-0000-0000-0000-000000000001",
      "templateId":"00000000-0000-0000-0000-000000000002"}},
    "externalIdentifierConfiguration":{"twoFactorIdTimeToLiveInSeconds":600,
      "twoFactorOneTimeCodeIdTimeToLiveInSeconds":120,
      "twoFactorOneTimeCodeIdGenerator":{"length":8,"type":"randomAlphaNumeric"}},
    "failedAuthenticationConfiguration":{"tooManyAttempts":3}})";

}  // namespace

BOOST_AUTO_TEST_CASE(what_is_not_set_is_fusionauths_default) {
  const auto settings = read_tenant_settings({});
  BOOST_TEST(!settings.sms_enabled);
  BOOST_TEST(settings.challenge_seconds == 300);
  BOOST_TEST(settings.code_seconds == 60);
  BOOST_TEST(settings.too_many_attempts == 5);
  BOOST_TEST((settings.code_form().type == CodeType::random_digits));
  BOOST_TEST(settings.code_form().length == 6U);
  BOOST_TEST(json::serialize(with_default_settings(parse(R"({"name":"Default"})"))) ==
             R"({"name":"Default","externalIdentifierConfiguration":{"twoFactorIdTimeToLiveInSeconds":300,)"
             R"("twoFactorOneTimeCodeIdGenerator":{"length":6,"type":"randomDigits"},)"
             R"("twoFactorOneTimeCodeIdTimeToLiveInSeconds":60},"failedAuthenticationConfiguration":)"
             R"({"tooManyAttempts":5},"multiFactorConfiguration":{"sms":{"enabled":false}}})");
}

BOOST_AUTO_TEST_CASE(what_is_set_is_read_and_kept) {
  const auto tenant = parse(full);
  BOOST_TEST(summary(check_tenant(tenant)) == "");
  const auto settings = read_tenant_settings(tenant);
  BOOST_TEST(settings.sms_enabled);
  BOOST_TEST(settings.messenger_id == "0000000a-0000-0000-0000-000000000001");
  BOOST_TEST(settings.template_id == "00000000-0000-0000-0000-000000000002");
  BOOST_TEST(settings.challenge_seconds == 600);
  BOOST_TEST(settings.code_seconds == 120);
  BOOST_TEST(settings.too_many_attempts == 3);
  BOOST_TEST((settings.code_form().type == CodeType::random_alpha_numeric));
  BOOST_TEST(settings.code_form().length == 8U);
  auto lower = tenant;
  lower["multiFactorConfiguration"].at("sms").at("messengerId") = "0000000a-0000-0000-0000-000000000001";
  BOOST_TEST((with_default_settings(tenant) == lower));
}

BOOST_AUTO_TEST_CASE(every_setting_has_its_bounds_and_nothing_unknown_is_taken) {
  BOOST_TEST(summary(check_tenant({})) == "blank /tenant/name");
  BOOST_TEST(summary(check_tenant(parse(R"({"name":"x","externalIdentifierConfiguration":{
      "twoFactorIdTimeToLiveInSeconds":0,"twoFactorOneTimeCodeIdTimeToLiveInSeconds":86401,
      "twoFactorOneTimeCodeIdGenerator":{"length":3,"type":"sequence"}},
      "failedAuthenticationConfiguration":{"tooManyAttempts":18446744073709551615}})"))) ==
             "invalid /tenant/externalIdentifierConfiguration/twoFactorIdTimeToLiveInSeconds; "
             "invalid /tenant/externalIdentifierConfiguration/twoFactorOneTimeCodeIdGenerator/length; "
             "invalid /tenant/externalIdentifierConfiguration/twoFactorOneTimeCodeIdGenerator/type; "
             "invalid /tenant/externalIdentifierConfiguration/twoFactorOneTimeCodeIdTimeToLiveInSeconds; "
             "invalid /tenant/failedAuthenticationConfiguration/tooManyAttempts");
  BOOST_TEST(summary(check_tenant(parse(R"({"name":"x","issuer":"y","a/b~":1,"multiFactorConfiguration":
      {"sms":{"enabled":"yes","messengerId":"m"},"email":{}},"failedAuthenticationConfiguration":5})"))) ==
             "invalid /tenant/multiFactorConfiguration/sms/messengerId; "
             "invalidJSON /tenant/failedAuthenticationConfiguration; "
             "invalidJSON /tenant/multiFactorConfiguration/sms/enabled; unknown /tenant/a~1b~0; "
             "unknown /tenant/issuer; unknown /tenant/multiFactorConfiguration/email");
}

BOOST_AUTO_TEST_CASE(sms_that_is_enabled_needs_a_messenger_and_a_template) {
  BOOST_TEST(summary(check_tenant(
                 parse(R"({"name":"x","multiFactorConfiguration":{"sms":{"enabled":true,"templateId":null}}})"))) ==
             "blank /tenant/multiFactorConfiguration/sms/messengerId; "
             "blank /tenant/multiFactorConfiguration/sms/templateId");
  BOOST_TEST(summary(check_tenant(parse(R"({"name":"x","multiFactorConfiguration":{"sms":{"enabled":false}}})"))) ==
             "");
}
