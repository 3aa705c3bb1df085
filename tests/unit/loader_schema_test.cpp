// SPDX-License-Identifier: Apache-2.0
// Which values a schema makes secret: in doubt, all that it may mean.
#include <boost/test/unit_test.hpp>

#include "config.hpp"
#include "schema_secrets.hpp"

using namespace messenger::loader;

namespace {

// The configuration as it may be logged.
std::string loggable(const char* schema, const char* config) {
  const auto parsed = Schema::parse(schema);
  BOOST_TEST_REQUIRE((parsed != nullptr));
  std::vector<Issue> issues;
  const Config read = Config::read(config, *parsed, issues);
  BOOST_TEST_REQUIRE(issues.empty());
  const msgr_config view = read.view();
  return {view.json.ptr, view.json.len};
}

void check(const char* schema, const char* config, const char* expected) {
  BOOST_TEST(loggable(schema, config) == expected, schema);
}

}  // namespace

BOOST_AUTO_TEST_CASE(of_a_schema_that_changed_after_its_check_everything_is_secret) {
  for (const char* changed : {"[1,2,3]", "{\"a\":1"}) {
    std::string text = R"({"a":1})";
    const auto schema = Schema::parse(text);
    text.replace(0, text.size(), changed);
    std::vector<Issue> issues;
    const Config config = Config::read(R"({"user":"u"})", *schema, issues);
    const msgr_config view = config.view();
    BOOST_TEST(std::string_view(view.json.ptr, view.json.len) == R"({"user":"***"})");
  }
}

// Hosts parse what they are given of it, and mostly as deep as Boost.JSON does when nothing is said.
BOOST_AUTO_TEST_CASE(a_schema_is_an_object_no_deeper_than_32) {
  const auto nested = [](std::size_t depth) {
    std::string text;
    for (std::size_t i = 1; i < depth; ++i) text += R"({"a":)";
    return text + "{}" + std::string(depth - 1, '}');
  };
  BOOST_TEST((Schema::parse(nested(32)) != nullptr));
  BOOST_TEST((Schema::parse(nested(33)) == nullptr));
  BOOST_TEST((Schema::parse(" \t\r\n{} ") != nullptr));
  for (const char* text : {"", " ", "[]", "1", "{", "{}}", "{} 1", "\xEF\xBB\xBF{}", "{\"a\":\"\xFF\"}"}) {
    BOOST_TEST((Schema::parse(text) == nullptr), text);
  }
}

BOOST_AUTO_TEST_CASE(elements_however_a_schema_describes_them) {
  for (const char* items : {R"("items":{"writeOnly":true})", R"("items":[{"writeOnly":true},{}])",
                            R"("prefixItems":[{"writeOnly":true}])", R"("additionalItems":{"writeOnly":true})",
                            R"("unevaluatedItems":{"writeOnly":true})", R"("contains":{"writeOnly":true})"}) {
    check((std::string(R"({"properties":{"a":{"type":"array",)") + items + "}}}").c_str(), R"({"a":["s","t"]})",
          R"({"a":["***","***"]})");
  }
  check(R"({"properties":{"a":{"items":{}}}})", R"({"a":["s"]})", R"({"a":["s"]})");
}

BOOST_AUTO_TEST_CASE(members_that_nobody_names) {
  for (const char* key : {"additionalProperties", "unevaluatedProperties"}) {
    const auto schema = std::string(R"({"properties":{"a":{}},")") + key + R"(":{"writeOnly":true}})";
    check(schema.c_str(), R"({"a":"1","b":"2"})", R"({"a":"1","b":"***"})");
    const auto open = std::string(R"({"properties":{"a":{}},")") + key + R"(":true})";
    check(open.c_str(), R"({"a":"1","b":"2"})", R"({"a":"1","b":"2"})");
  }
}

BOOST_AUTO_TEST_CASE(a_reference_that_is_followed) {
  check(R"({"properties":{"a":{"$ref":"#/$defs/s"},"b":{"$ref":"#/$defs/p"}},"$defs":{"s":{"writeOnly":true},"p":{}}})",
        R"({"a":"1","b":"2"})", R"({"a":"***","b":"2"})");
}

BOOST_AUTO_TEST_CASE(a_reference_that_is_not_followed_may_lead_to_a_secret) {
  for (const char* reference :
       {R"("$ref":"#anchor")", R"("$ref":"#/$defs/absent")", R"("$ref":"https://a.example/s")", R"("$ref":7)",
        R"("$dynamicRef":"#x")", R"("$recursiveRef":"#")", R"("dependentSchemas":{"a":{}})", R"("dependencies":{})"}) {
    check((std::string(R"({"properties":{"a":{)") + reference + R"(},"b":{}}})").c_str(), R"({"a":"1","b":"2"})",
          R"({"a":"***","b":"2"})");
  }
}

BOOST_AUTO_TEST_CASE(references_without_end) {
  check(R"({"properties":{"a":{"$ref":"#/properties/a"}}})", R"({"a":"1"})", R"({"a":"***"})");
}
