// SPDX-License-Identifier: Apache-2.0
#include "document_routes.hpp"

using namespace messenger::test;

namespace {

const std::string all = "/api/message/template", one = all + "/" + first_id;
const std::string good = R"({"messageTemplate":{"name":"Code","type":"SMS","defaultTemplate":"Code: ${code}",
    "localizedTemplates":{"de":"Ihr Code: ${code}"},"data":{"by":"me"}}})";

std::string template_with(const std::string& name) {
  return R"({"messageTemplate":{"name":")" + name + R"(","type":"SMS","defaultTemplate":"${code}"}})";
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_template_is_created_shown_replaced_changed_and_deleted, DocumentRoutes) {
  const auto created = api.object("POST", one, good).at("messageTemplate").as_object();
  BOOST_TEST(created.at("id").as_string() == first_id);
  BOOST_TEST(created.at("data").at("by") == "me");
  BOOST_TEST(created.at("localizedTemplates").at("de") == "Ihr Code: ${code}");
  BOOST_TEST(created.at("insertInstant").as_int64() > 1'700'000'000'000);
  BOOST_TEST((api.object("GET", one).at("messageTemplate").as_object() == created));
  BOOST_TEST((api.object("GET", all).at("messageTemplates").as_array() == json::array{created}));

  const auto replaced = api.object("PUT", one, template_with("Other")).at("messageTemplate").as_object();
  BOOST_TEST(replaced.at("name") == "Other");
  BOOST_TEST(!replaced.contains("data"));
  BOOST_TEST((replaced.at("insertInstant") == created.at("insertInstant")));

  api.object("PATCH", one, R"({"messageTemplate":{"localizedTemplates":{"fr":"${code}"}}})");
  api.object("PATCH", one, R"([{"op":"add","path":"/messageTemplate/localizedTemplates/es","value":"x ${code}"}])",
             "application/json-patch+json");
  const auto patched = api.object("PATCH", one, R"({"messageTemplate":{"localizedTemplates":{"fr":null}}})",
                                  "application/merge-patch+json");
  BOOST_TEST(json::serialize(patched.at("messageTemplate").at("localizedTemplates")) == R"({"es":"x ${code}"})");
  BOOST_TEST(api.codes("PATCH", one, R"({"messageTemplate":{"defaultTemplate":"${x}"}})") ==
             "[invalid]messageTemplate.defaultTemplate");

  BOOST_TEST(api.text("DELETE", one) == "200");
  for (const char* const method : {"GET", "DELETE"}) {
    BOOST_TEST(api.text(method, one) == "404");
  }
  BOOST_TEST(api.text("PUT", one, good) == "404");
  BOOST_TEST(api.text("PATCH", one, "{}") == "404");
}

BOOST_FIXTURE_TEST_CASE(an_id_is_made_when_none_is_given, DocumentRoutes) {
  const auto id = api.object("POST", all, good).at("messageTemplate").at("id").as_string();
  BOOST_TEST(id.size() == 36U);
  BOOST_TEST(api.text("GET", all + "/" + std::string(id)).substr(0, 3) == "200");
}

BOOST_FIXTURE_TEST_CASE(every_problem_is_a_field_error, DocumentRoutes) {
  BOOST_TEST(api.codes("POST", all, R"({"messageTemplate":{"type":"Email","defaultTemplate":"${code","extra":1,
      "localizedTemplates":{"de":"${kode}"}},"more":{}})") ==
             "[invalid]messageTemplate.defaultTemplate; [invalid]messageTemplate.extra; "
             "[invalid]messageTemplate.localizedTemplates.de; [blank]messageTemplate.name; "
             "[invalid]messageTemplate.type; [invalid]more");
  BOOST_TEST(api.codes("POST", all, "{}") == "[missing]messageTemplate");
  BOOST_TEST(api.codes("POST", all, R"({"messageTemplate":[]})") == "[invalidJSON]messageTemplate");
  BOOST_TEST(api.codes("POST", all, R"({"messageTemplate":{}})") ==
             "[blank]messageTemplate.defaultTemplate; [blank]messageTemplate.name; [blank]messageTemplate.type");
  BOOST_TEST(api.codes("POST", all, "{") == "[invalidJSON]");
  BOOST_TEST(api.codes("POST", all, good, "text/plain") == "[InvalidContentType]");
  BOOST_TEST(api.codes("GET", all + "/1") == "[couldNotConvert]messageTemplateId");
}

BOOST_FIXTURE_TEST_CASE(a_name_and_an_id_are_one_templates_alone, DocumentRoutes) {
  api.object("POST", one, good);
  BOOST_TEST(api.codes("POST", one, template_with("x")) == "[duplicate]messageTemplateId");
  BOOST_TEST(api.codes("POST", all, good) == "[duplicate]messageTemplate.name");
  api.object("POST", all, template_with("Other"));
  BOOST_TEST(api.codes("PUT", one, template_with("Other")) == "[duplicate]messageTemplate.name");
  api.object("PUT", one, good);
}

BOOST_FIXTURE_TEST_CASE(a_template_that_the_tenant_uses_stays, DocumentRoutes) {
  api.object("POST", one, good);
  api.object("PATCH", tenant_path(),
             R"({"tenant":{"multiFactorConfiguration":{"sms":{"templateId":")" + first_id + R"("}}}})");
  BOOST_TEST(api.codes("DELETE", one) == "[inUse]messageTemplateId");
  api.object("PATCH", tenant_path(), R"({"tenant":{"multiFactorConfiguration":{"sms":{"templateId":null}}}})",
             "application/merge-patch+json");
  BOOST_TEST(api.text("DELETE", one) == "200");
}

BOOST_FIXTURE_TEST_CASE(the_code_stays_in_each_text_of_a_template_that_the_tenant_uses, DocumentRoutes) {
  const auto change = [](const std::string& members) { return R"({"messageTemplate":{)" + members + "}}"; };
  const std::string german = change(R"("localizedTemplates":{"de":"Hallo"})");
  api.object("POST", one, good);
  api.object("PATCH", one, german);
  api.object("PUT", one, good);
  api.object("PATCH", tenant_path(),
             R"({"tenant":{"multiFactorConfiguration":{"sms":{"templateId":")" + first_id + R"("}}}})");
  BOOST_TEST(api.codes("PATCH", one, german) == "[invalid]messageTemplate.localizedTemplates.de");
  BOOST_TEST(api.codes("PATCH", one, change(R"("defaultTemplate":"Hello ${user.firstName}")")) ==
             "[invalid]messageTemplate.defaultTemplate");
  BOOST_TEST(api.codes("PUT", one, change(R"("name":"Code","type":"SMS","defaultTemplate":"Hello")")) ==
             "[invalid]messageTemplate.defaultTemplate");
  api.object("PATCH", one, change(R"("localizedTemplates":{"fr":"Bonjour ${code}"})"));
}

BOOST_FIXTURE_TEST_CASE(no_text_is_kept_that_is_longer_than_its_bound, DocumentRoutes) {
  const auto sent = [](std::size_t name, std::size_t text, std::size_t german, std::size_t locale) {
    return R"({"messageTemplate":{"type":"SMS","name":")" + std::string(name, 'n') + R"(","defaultTemplate":")" +
           std::string(text, 't') + R"(","localizedTemplates":{")" + std::string(locale, 'l') + R"(":")" +
           std::string(german, 'g') + "\"}}}";
  };
  api.object("POST", all, sent(255, 16'384, 16'384, 35));
  BOOST_TEST(api.codes("POST", all, sent(256, 16'385, 16'385, 2)) ==
             "[invalid]messageTemplate.defaultTemplate; [invalid]messageTemplate.localizedTemplates.ll; "
             "[invalid]messageTemplate.name");
  BOOST_TEST(api.codes("POST", all, sent(5, 5, 5, 36)) == "[invalid]messageTemplate.localizedTemplates");
}

BOOST_FIXTURE_TEST_CASE(a_preview_renders_in_a_language_and_tells_what_is_wrong, DocumentRoutes) {
  const std::string preview = all + "/preview";
  BOOST_TEST(api.text("POST", preview, R"({"messageTemplate":{"type":"SMS","defaultTemplate":"Code ${code}",
      "localizedTemplates":{"de":"Für ${user.firstName}: ${code}"}},"locale":"de_DE"})") ==
             R"(200 {"message":{"textMessage":"Für Jared: 123456","type":"SMS"},)"
             R"("previewMessage":{"locale":"de_DE","textMessage":"Für Jared: 123456","type":"SMS"}})");
  BOOST_TEST(api.text("POST", preview, R"({"messageTemplate":{"type":"SMS","defaultTemplate":"Code ${code}"}})") ==
             R"(200 {"message":{"textMessage":"Code 123456","type":"SMS"},)"
             R"("previewMessage":{"textMessage":"Code 123456","type":"SMS"}})");
  const auto wrong =
      api.object("POST", preview, R"({"messageTemplate":{"type":"SMS","defaultTemplate":"${code} ${kode}"}})");
  BOOST_TEST(wrong.at("errors").at("fieldErrors").at("messageTemplate.defaultTemplate").at(0).at("message") ==
             "At line 1, column 9: [${kode}] is not a variable that is known here.");
  BOOST_TEST(api.codes("POST", preview, R"({"locale":1,"messageTemplate":{"type":"Voice"}})") ==
             "[invalidJSON]locale; [blank]messageTemplate.defaultTemplate; [invalid]messageTemplate.type");
  BOOST_TEST(api.codes("POST", preview, "{}") == "[missing]messageTemplate");
  BOOST_TEST(api.text("GET", all) == R"(200 {"messageTemplates":[]})");
}

BOOST_FIXTURE_TEST_CASE(without_a_key_nothing_is_told, DocumentRoutes) {
  for (const auto& [method, path] : std::vector<std::pair<std::string, std::string>>{{"GET", all},
                                                                                     {"POST", all},
                                                                                     {"GET", one},
                                                                                     {"PUT", one},
                                                                                     {"PATCH", one},
                                                                                     {"DELETE", one},
                                                                                     {"POST", all + "/preview"},
                                                                                     {"GET", "/api/tenant"},
                                                                                     {"GET", "/api/user"},
                                                                                     {"POST", "/api/user"}}) {
    BOOST_TEST(api.call(method, path, good, "application/json", "").status == 401U, method + path);
  }
}
