// SPDX-License-Identifier: Apache-2.0
// What a template may say, what becomes of it, and which language it is in.
#include "delivery/message_template.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include "issue_text.hpp"

using messenger::host::check_message_template;
using messenger::host::choose_text;
using messenger::host::find_template_problems;
using messenger::host::render_template;
using messenger::host::sample_template_values;
using messenger::host::template_values;
using messenger::host::TemplateValues;
using messenger::test::summary;
namespace json = boost::json;

namespace {

json::object parse(const char* text) {
  return json::parse(text).as_object();
}

std::string problem(std::string_view text) {
  const auto problems = find_template_problems(text);
  BOOST_TEST_REQUIRE(problems.size() == 1U, text);
  return problems.front();
}

}  // namespace

BOOST_AUTO_TEST_CASE(values_stand_where_their_variables_stood) {
  const TemplateValues values{{"code", "012345"}, {"user.firstName", "Ada"}};
  BOOST_TEST(render_template("Code: ${code}", values) == "Code: 012345");
  BOOST_TEST(render_template("${user.firstName}, ${ code }${code}!", values) == "Ada, 012345012345!");
  BOOST_TEST(render_template("", values) == "");
  BOOST_TEST(render_template("no $ {code} here, 5$", values) == "no $ {code} here, 5$");
  BOOST_TEST(render_template("Übertrag: ${code} €", values) == "Übertrag: 012345 €");
}

BOOST_AUTO_TEST_CASE(a_default_stands_for_a_value_that_is_not_there) {
  for (const char* const text : {"${user.firstName!'you'}", "${user.firstName!\"you\"}", "${(user.firstName)!'you'}",
                                 "${user.firstName ! 'you'}"}) {
    BOOST_TEST(find_template_problems(text).empty(), text);
    BOOST_TEST(render_template(text, {}) == "you", text);
    BOOST_TEST(render_template(text, {{"user.firstName", "Ada"}}) == "Ada", text);
  }
  BOOST_TEST(render_template("[${user.firstName!}][${user.firstName!\"\"}][${user.firstName}]", {}) == "[][][]");
  BOOST_TEST(render_template("${user.firstName!'a}b'}", {}) == "a}b");
}

BOOST_AUTO_TEST_CASE(a_value_is_data_and_never_read_as_a_template) {
  const TemplateValues values{{"code", "012345"}, {"user.firstName", "${code} <#if x> ${"}};
  BOOST_TEST(render_template("Hi ${user.firstName}", values) == "Hi ${code} <#if x> ${");
}

BOOST_AUTO_TEST_CASE(what_is_not_known_is_named_with_its_place) {
  BOOST_TEST(problem("Hi ${user.name}") == "At line 1, column 4: [${user.name}] is not a variable that is known here.");
  BOOST_TEST(problem("Hi\n ß${cod}") == "At line 2, column 3: [${cod}] is not a variable that is known here.");
  BOOST_TEST(problem("Hi ${code") == "At line 1, column 4: [${code] is not closed.");
  BOOST_TEST(problem("Hi ${}") == "At line 1, column 4: [${}] is not a placeholder that is known here.");
  BOOST_TEST(problem("${x äääääääääääääääääääääääää") ==
             "At line 1, column 1: [${x ääääääääääääääääää] is not closed.");
  BOOST_TEST(problem("${xäääääääääääääääääääääääääää") ==
             "At line 1, column 1: [${xääääääääääääääääää] is not closed.");
  for (const char* const text : {"${code?upper_case}", "${1 + 1}", "${code!user.firstName}", "${code!'a' + 'b'}",
                                 "${${code}}x", "${code!'it\\'s'}", "${user[\"email\"]}", "${(code!'x')}"}) {
    BOOST_TEST(!find_template_problems(text).empty(), text);
  }
  BOOST_TEST(problem("a<#if code>") ==
             "At line 1, column 2: [<#] begins something of FreeMarker that is not known here.");
  BOOST_TEST(find_template_problems("<#if code>x</#if> #{code} ${x} ${code}").size() == 4U);
  BOOST_TEST(find_template_problems("1 < 2, <3 # { you").empty());
}

BOOST_AUTO_TEST_CASE(every_sample_variable_is_known_and_nothing_of_a_user_that_is_no_variable) {
  for (const auto& [name, value] : sample_template_values()) {
    BOOST_TEST(find_template_problems("${" + name + "}").empty());
    BOOST_TEST(!value.empty());
  }
  const auto values = template_values(
      "1", parse(R"({"firstName":"Ada","email":"a@b","lastName":null,"fullName":7,"data":{"x":"y"},"active":true})"));
  BOOST_TEST(values.size() == 3U);
  BOOST_TEST(values.at("code") == "1");
  BOOST_TEST(values.at("user.firstName") == "Ada");
  BOOST_TEST(values.at("user.email") == "a@b");
}

BOOST_AUTO_TEST_CASE(the_language_is_the_first_preferred_one_that_there_is_exact_before_its_language) {
  const auto texts = parse(R"({"defaultTemplate":"default","localizedTemplates":
      {"de":"deutsch","de_AT":"austrian","pt-BR":"brazilian","es":"spanish"}})");
  const auto choose = [&](std::vector<std::string> languages) {
    const auto chosen = choose_text(texts, languages);
    return chosen.locale + ":" + chosen.text;
  };
  BOOST_TEST(choose({}) == ":default");
  BOOST_TEST(choose({"fr", "it_IT"}) == ":default");
  BOOST_TEST(choose({"de"}) == "de:deutsch");
  BOOST_TEST(choose({"de_DE"}) == "de:deutsch");
  BOOST_TEST(choose({"de-DE"}) == "de:deutsch");
  BOOST_TEST(choose({"de-at"}) == "de-AT:austrian");
  BOOST_TEST(choose({"pt_BR"}) == "pt-BR:brazilian");
  BOOST_TEST(choose({"pt"}) == ":default");
  BOOST_TEST(choose({"fr", "es_MX", "de"}) == "es:spanish");
  BOOST_TEST(choose({""}) == ":default");
}

BOOST_AUTO_TEST_CASE(all_problems_of_a_document_are_found_at_once) {
  BOOST_TEST(summary(check_message_template(parse(R"({"name":"n","type":"SMS","defaultTemplate":"${code}",
      "localizedTemplates":{"de":"${code}"},"data":{"a":[1]},"id":"00000000-0000-0000-0000-000000000001",
      "insertInstant":1,"lastUpdateInstant":2})"))) == "");
  BOOST_TEST(summary(check_message_template({})) ==
             "blank /messageTemplate/defaultTemplate; blank /messageTemplate/name; blank /messageTemplate/type");
  BOOST_TEST(
      summary(check_message_template(parse(
          R"({"name":"","type":"Voice","defaultTemplate":"${x}","localizedTemplates":{"de":"${y","d e":"z","fr":""},
                     "more":1})"))) ==
      "blank /messageTemplate/localizedTemplates/fr; blank /messageTemplate/name; "
      "invalid /messageTemplate/defaultTemplate; "
      "invalid /messageTemplate/localizedTemplates; invalid /messageTemplate/localizedTemplates/de; "
      "invalid /messageTemplate/type; unknown /messageTemplate/more");
  BOOST_TEST(summary(check_message_template(
                 parse(R"({"name":1,"type":"SMS","defaultTemplate":[],"localizedTemplates":{"de":1},"data":"x"})"))) ==
             "invalidJSON /messageTemplate/data; invalidJSON /messageTemplate/defaultTemplate; "
             "invalidJSON /messageTemplate/localizedTemplates; invalidJSON /messageTemplate/name");
}
