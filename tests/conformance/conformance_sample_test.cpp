// SPDX-License-Identifier: Apache-2.0
// The configuration that is made from a schema.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include "conformance/sample_configuration.hpp"

namespace json = boost::json;
namespace conformance = messenger::host::conformance;
using Issues = std::vector<messenger::loader::Issue>;

namespace {

json::object schema_of(std::string_view members, std::string_view required, std::string_view more = "") {
  const std::string text = R"({"type":"object","properties":{)" + std::string(members) + R"(},"required":[)" +
                           std::string(required) + "]" + std::string(more) + "}";
  return json::parse(text).as_object();
}

std::string required(const json::object& schema) {
  return json::serialize(conformance::required_sample(schema));
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_required_member_is_made_from_what_its_schema_says) {
  const std::pair<const char*, const char*> rows[] = {
      {R"("a":{"const":7})", "7"},
      {R"("a":{"type":"string","default":"d","examples":["e"]})", R"("d")"},
      {R"("a":{"type":"string","examples":["e"]})", R"("e")"},
      {R"("a":{"enum":["x","y"]})", R"("x")"},
      {R"("a":{"type":"boolean"})", "false"},
      {R"("a":{"type":["null","integer"],"minimum":1})", "1000"},
      {R"("a":{"type":"integer","minimum":1,"maximum":9})", "9"},
      {R"("a":{"type":"integer","exclusiveMinimum":5000})", "5001"},
      {R"("a":{"type":"string"})", R"("sample")"},
      {R"("a":{"type":"string","maxLength":3})", R"("sam")"},
      {R"("a":{"type":"string","minLength":8})", R"("samplexx")"},
      {R"("a":{"type":"string","format":"uri"})", R"("http://127.0.0.1:9/")"},
      {R"("a":{"type":"string","format":"email"})", R"("sample@example.org")"},
      {R"("a":{"type":"string","pattern":"^\\+[0-9]+$","format":"email"})", R"("+15005550006")"},
      {R"("a":{"type":"array","items":{"type":"boolean"},"minItems":2})", "[false,false]"},
      {R"("a":{"type":"object","properties":{"b":{"type":"boolean"},"c":{}},"required":["b"]})", R"({"b":false})"},
      {R"("a":{"type":"object","additionalProperties":{"type":"boolean"}})", R"({"X-Sample":false})"},
      {R"("a":{"anyOf":[{"type":"boolean"},{"type":"string"}]})", "false"},
  };
  for (const auto& [member, value] : rows) {
    BOOST_TEST(required(schema_of(member, R"("a")")) == R"({"a":)" + std::string(value) + "}", member);
  }
}

BOOST_AUTO_TEST_CASE(members_that_are_not_required_are_left_out_and_names_tell_what_is_meant) {
  const auto schema =
      schema_of(R"("baseUrl":{"type":"string"},"fromNumber":{"type":"string"},"x":{})", R"("baseUrl","fromNumber")");
  BOOST_TEST(required(schema) == R"({"baseUrl":"http://127.0.0.1:9/","fromNumber":"+15005550006"})");
}

BOOST_AUTO_TEST_CASE(references_within_the_schema_are_followed_and_those_in_a_circle_end) {
  BOOST_TEST(required(schema_of(R"("a":{"$ref":"#/$defs/flag"})", R"("a")",
                                R"(,"$defs":{"flag":{"type":"boolean"}})")) == R"({"a":false})");
  const auto circle = schema_of(R"("a":{"$ref":"#"},"b":{"$ref":"#/properties/b"})", R"("a","b")");
  BOOST_TEST(required(circle).size() > 1U);
}

BOOST_AUTO_TEST_CASE(a_secret_comes_in_when_the_plugin_takes_it_alone_or_with_one_other_member) {
  const auto schema = schema_of(
      R"("url":{"type":"string"},"note":{"type":"string"},"user":{"type":"string"},
         "password":{"type":"string","writeOnly":true},"hidden":{"type":"string","writeOnly":true},
         "headers":{"type":"object","additionalProperties":{"type":"string","writeOnly":true}})",
      R"("url")");
  const auto ask = [](const json::object& configuration) {
    Issues issues;
    if (configuration.contains("password") && !configuration.contains("user")) {
      issues.push_back({"/user", "missing", "A password needs a user."});
    }
    if (configuration.contains("hidden")) {
      issues.push_back({"/hidden", "unknown", "Never."});
    }
    return issues;
  };
  const auto sample = conformance::full_sample(schema, ask);
  BOOST_TEST(sample.contains("password"));
  BOOST_TEST(sample.contains("user"));
  BOOST_TEST(sample.contains("headers"));
  BOOST_TEST(!sample.contains("hidden"));
  BOOST_TEST(!sample.contains("note"));
  BOOST_TEST(sample.at("password").as_string().starts_with("CANARY-"));
}

BOOST_AUTO_TEST_CASE(what_only_the_plugin_knows_to_be_missing_is_added) {
  const auto schema = schema_of(R"("account":{"type":"string"})", "");
  const auto ask = [](const json::object& configuration) {
    return configuration.contains("account") ? Issues{} : Issues{{"/account", "missing", "It is required."}};
  };
  BOOST_TEST(conformance::full_sample(schema, ask).contains("account"));
}

BOOST_AUTO_TEST_CASE(a_configuration_is_spoilt_in_each_member) {
  const auto all = conformance::spoil(json::parse(R"({"a":"x","b":1})").as_object());
  std::vector<std::string> texts;
  for (const auto& one : all) {
    texts.push_back(json::serialize(one));
  }
  for (const char* expected : {"{}", R"({"b":1})", R"({"a":null,"b":1})", R"({"a":"x","b":""})", R"({"a":[],"b":1})"}) {
    BOOST_TEST((std::find(texts.begin(), texts.end(), expected) != texts.end()), expected);
  }
}
