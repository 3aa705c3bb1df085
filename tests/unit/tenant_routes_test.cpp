// SPDX-License-Identifier: Apache-2.0
#include <thread>

#include "document_routes.hpp"

using namespace messenger::test;
namespace host = messenger::host;

namespace {

std::string sms(const std::string& messenger, const std::string& message_template) {
  return R"({"tenant":{"name":"Mine","multiFactorConfiguration":{"sms":{"enabled":true,"messengerId":")" + messenger +
         R"(","templateId":")" + message_template + R"("}}}})";
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(there_is_one_tenant_from_the_first_start_on, DocumentRoutes) {
  const auto tenants = api.object("GET", "/api/tenant").at("tenants").as_array();
  BOOST_TEST_REQUIRE(tenants.size() == 1U);
  BOOST_TEST(tenants[0].at("name") == "Default");
  BOOST_TEST(tenants[0].at("failedAuthenticationConfiguration").at("tooManyAttempts") == 5);
  host::ensure_tenant(store);
  BOOST_TEST((api.object("GET", "/api/tenant").at("tenants").as_array() == tenants));
  BOOST_TEST((api.object("GET", tenant_path()).at("tenant") == tenants[0]));
  BOOST_TEST(api.text("GET", "/api/tenant/" + first_id) == "404");
  BOOST_TEST(api.text("DELETE", tenant_path()) == "405");
  BOOST_TEST(api.text("POST", "/api/tenant", "{}") == "405");
}

BOOST_FIXTURE_TEST_CASE(what_a_put_leaves_out_becomes_the_default_and_a_patch_keeps_it, DocumentRoutes) {
  api.object("PATCH", tenant_path(),
             R"({"tenant":{"externalIdentifierConfiguration":{"twoFactorIdTimeToLiveInSeconds":900}}})");
  const auto patched =
      api.object("PATCH", tenant_path(),
                 R"([{"op":"replace","path":"/tenant/failedAuthenticationConfiguration/tooManyAttempts","value":9}])",
                 "application/json-patch+json");
  const auto& identifiers = patched.at("tenant").at("externalIdentifierConfiguration");
  BOOST_TEST(identifiers.at("twoFactorIdTimeToLiveInSeconds") == 900);
  BOOST_TEST(identifiers.at("twoFactorOneTimeCodeIdTimeToLiveInSeconds") == 60);
  BOOST_TEST(patched.at("tenant").at("failedAuthenticationConfiguration").at("tooManyAttempts") == 9);
  const auto replaced = api.object("PUT", tenant_path(), R"({"tenant":{"name":"Mine","data":{"x":1}},"eventInfo":{}})");
  BOOST_TEST(replaced.at("tenant").at("failedAuthenticationConfiguration").at("tooManyAttempts") == 5);
  BOOST_TEST(replaced.at("tenant").at("name") == "Mine");
}

BOOST_FIXTURE_TEST_CASE(messenger_and_template_must_exist_and_are_in_use_then, DocumentRoutes) {
  BOOST_TEST(api.codes("PUT", tenant_path(), sms(first_id, second_id)) ==
             "[invalid]tenant.multiFactorConfiguration.sms.messengerId; "
             "[invalid]tenant.multiFactorConfiguration.sms.templateId");
  BOOST_TEST(api.codes("PUT", tenant_path(),
                       R"({"tenant":{"issuer":"x","multiFactorConfiguration":{"sms":
      {"messengerId":"x","templateId":")" +
                           second_id + R"("}}}})") ==
             "[invalid]tenant.issuer; [invalid]tenant.multiFactorConfiguration.sms.messengerId; "
             "[invalid]tenant.multiFactorConfiguration.sms.templateId; [blank]tenant.name");
  put(host::Kind::messenger, {first_id, "{}", {"m"}, {}});
  put(host::Kind::message_template, {second_id, R"({"defaultTemplate":"${code}"})", {"t"}, {}});
  api.object("PUT", tenant_path(), sms(first_id, second_id));
  store.transact([&](host::Transaction& transaction) {
    const auto users = transaction.documents.users_of(host::Kind::messenger, first_id);
    BOOST_TEST_REQUIRE(users.size() == 1U);
    BOOST_TEST((users.front().kind == host::Kind::tenant));
    BOOST_TEST(transaction.documents.users_of(host::Kind::message_template, second_id).size() == 1U);
    const auto settings = host::current_settings(transaction);
    BOOST_TEST(settings.sms_enabled);
    BOOST_TEST(settings.messenger_id == first_id);
  });
}

BOOST_FIXTURE_TEST_CASE(a_template_that_has_no_code_in_each_of_its_texts_cannot_be_chosen, DocumentRoutes) {
  put(host::Kind::messenger, {first_id, "{}", {"m"}, {}});
  const auto choose = [&](const std::string& texts) {
    put(host::Kind::message_template, {second_id, "{" + texts + "}", {"t"}, {}});
    return api.text("PUT", tenant_path(), sms(first_id, second_id));
  };
  const std::string id = "The messageTemplate [" + second_id + "] has no ${code} in ";
  const auto plain = choose(R"("defaultTemplate":"code","localizedTemplates":{"de":"${code}"})");
  BOOST_TEST(contains(plain, "[invalid]tenant.multiFactorConfiguration.sms.templateId"), plain);
  BOOST_TEST(contains(plain, id + "[messageTemplate.defaultTemplate]"), plain);
  BOOST_TEST(!contains(plain, "localizedTemplates"), plain);
  const auto german = choose(R"("defaultTemplate":"${code}","localizedTemplates":{"de":"${user.id}","fr":"${code}"})");
  BOOST_TEST(contains(german, id + "[messageTemplate.localizedTemplates.de]"), german);
  BOOST_TEST(choose(R"("defaultTemplate":"${code}","localizedTemplates":{"de":"${code!}"})").substr(0, 3) == "200");
}

BOOST_FIXTURE_TEST_CASE(bad_settings_change_nothing, DocumentRoutes) {
  const auto before = api.text("GET", tenant_path());
  BOOST_TEST(api.codes("PATCH", tenant_path(), R"({"tenant":{"issuer":"x","multiFactorConfiguration":{"sms":
      {"enabled":true}},"failedAuthenticationConfiguration":{"tooManyAttempts":0}}})") ==
             "[invalid]tenant.failedAuthenticationConfiguration.tooManyAttempts; [invalid]tenant.issuer; "
             "[blank]tenant.multiFactorConfiguration.sms.messengerId; "
             "[blank]tenant.multiFactorConfiguration.sms.templateId");
  BOOST_TEST(api.text("GET", tenant_path()) == before);
}

BOOST_FIXTURE_TEST_CASE(no_concurrent_patch_is_lost, DocumentRoutes) {
  const std::string path = tenant_path();
  std::vector<std::thread> writers;
  for (int i = 0; i < 8; ++i) {
    writers.emplace_back(
        [&, i] { api.call("PATCH", path, R"({"tenant":{"data":{"m)" + std::to_string(i) + R"(":1}}})"); });
  }
  for (std::thread& writer : writers) {
    writer.join();
  }
  const auto tenant = json::parse(api.call("GET", path).body).at("tenant");
  BOOST_TEST(tenant.at("data").as_object().size() == 8U);
}
