// SPDX-License-Identifier: Apache-2.0
// Configurations: flattened fields, secrets, problems, and messengers by id.
#include <boost/test/unit_test.hpp>
#include <map>

#include "loader_support.hpp"

using namespace loader_test;
using Issues = std::vector<loader::Issue>;

namespace {

// The fields and the JSON as the plugin "Describe" got them; fields as "pointer code text".
struct Described {
  explicit Described(const std::string& config) {
    Stage stage;
    for (const loader::Issue& issue : stage.registry.validate("Describe", config)) {
      if (issue.code == "json") {
        json = issue.text;
      } else {
        fields.push_back(issue.pointer + " " + issue.code + " " + issue.text);
      }
    }
  }
  std::vector<std::string> fields;
  std::string json;
};

void check_fields(const std::string& json, const std::vector<std::string>& expected) {
  const Described described(json);
  BOOST_TEST(described.fields == expected, boost::test_tools::per_element());
}

Issues problems(const std::string& json) {
  Stage stage;
  Issues issues = stage.registry.validate("Echo", json);
  BOOST_TEST((issues.empty() == stage.registry.configure("x", "Echo", json).empty()));
  return issues;
}

}  // namespace

BOOST_AUTO_TEST_CASE(fields_come_flat_and_in_the_documents_order) {
  check_fields(R"({"number": 1.50e1, "plain": "a\nb", "any": {"x/y": [true, null], "~": {}}, "nested": {"name": []}})",
               {"/number 2 1.50e1", "/plain 3 a\nb", "/any 4 ", "/any/x~1y 5 ", "/any/x~1y/0 1 true",
                "/any/x~1y/1 0 null", "/any/~0 4 ", "/nested 4 ", "/nested/name 5 "});
}

BOOST_AUTO_TEST_CASE(numbers_stay_as_they_were_written) {
  check_fields(R"({"any": [123456789012345678901234567890, -0, 1E+2, 0.10, -9223372036854775809]})",
               {"/any 5 ", "/any/0 2 123456789012345678901234567890", "/any/1 2 -0", "/any/2 2 1E+2", "/any/3 2 0.10",
                "/any/4 2 -9223372036854775809"});
}

BOOST_AUTO_TEST_CASE(an_empty_configuration_has_no_fields) {
  const Described described(" { } ");
  BOOST_TEST(described.fields.empty());
  BOOST_TEST(described.json == "{}");
}

BOOST_AUTO_TEST_CASE(escapes_are_undone_in_fields_and_redone_in_json) {
  const Described described(R"({"plain": "\u00e9\"\\\u0001\ud83d\ude00"})");
  BOOST_TEST(described.fields.at(0) == "/plain 3 \xC3\xA9\"\\\x01\xF0\x9F\x98\x80");
  BOOST_TEST(described.json == "{\"plain\":\"\xC3\xA9\\\"\\\\\\u0001\xF0\x9F\x98\x80\"}");
}

BOOST_AUTO_TEST_CASE(secrets_are_flagged_and_kept_out_of_the_json) {
  const Described described(R"({"plain":"p","secret":"S1","pin":"S2","list":["S3","S4"],"tls":{"key":["S5",6]},
                                "headers":{"X-Key":"S7"},"nested":{"key":"S8","name":"n"},"pass":"S9"})");
  const std::vector<std::string> expected = {
      "/plain 3 p", "/secret 3s S1",     "/pin 3s S2",       "/list 5 ",        "/list/0 3s S3", "/list/1 3s S4",
      "/tls 4 ",    "/tls/key 5 ",       "/tls/key/0 3s S5", "/tls/key/1 2s 6", "/headers 4 ",   "/headers/X-Key 3s S7",
      "/nested 4 ", "/nested/key 3s S8", "/nested/name 3 n", "/pass 3s S9"};
  BOOST_TEST(described.fields == expected, boost::test_tools::per_element());
  BOOST_TEST(described.json ==
             R"({"plain":"p","secret":"***","pin":"***","list":["***","***"],"tls":{"key":["***","***"]},)"
             R"("headers":{"X-Key":"***"},"nested":{"key":"***","name":"n"},"pass":"***"})");
}

BOOST_AUTO_TEST_CASE(a_member_that_the_schema_does_not_know_may_be_a_mistyped_secret) {
  const Described described(R"({"secrte": "S1", "nested": {"kye": "S2"}})");
  BOOST_TEST(described.json == R"({"secrte":"***","nested":{"kye":"***"}})");
}

BOOST_AUTO_TEST_CASE(what_is_not_json_is_one_issue_with_its_place) {
  for (const char* json : {"", "{", "{\"a\":}", "{}x", "{\"a\":\"\xff\"}", "{\"a\":01}", "\n\n  nope"}) {
    const Issues issues = problems(json);
    BOOST_REQUIRE_EQUAL(issues.size(), 1u);
    BOOST_TEST(issues[0].pointer.empty());
    BOOST_TEST(issues[0].code == "invalidJSON");
    BOOST_TEST(issues[0].text.starts_with("not JSON at line "), issues[0].text);
  }
  BOOST_TEST(problems("\n\n  nope")[0].text.starts_with("not JSON at line 3, column 3"),
             problems("\n\n  nope")[0].text);
}

BOOST_AUTO_TEST_CASE(what_is_no_object_or_too_long_is_an_issue) {
  for (const char* json : {"[]", "3", "null", "\"text\"", "[{\"a\":1}]"}) {
    BOOST_TEST(problems(json).at(0).text == "it is not a JSON object");
  }
  const std::string deep = std::string(100, '[') + std::string(100, ']');
  BOOST_TEST(problems("{\"a\":" + deep + "}").at(0).code == "invalidJSON");
  BOOST_TEST(problems("{\"a\":\"" + std::string(1 << 20, 'x') + "\"}").at(0).text == "it is longer than 1 MiB");
}

BOOST_AUTO_TEST_CASE(a_member_twice_is_an_issue) {
  const Issues issues = problems(R"({"a": 1, "b": {"c": 1, "c": 2}, "a": 3, "d": [{"c": 1}, {"c": 1}]})");
  BOOST_REQUIRE_EQUAL(issues.size(), 2u);
  BOOST_TEST(issues[0].pointer == "/b/c");
  BOOST_TEST(issues[0].code == "duplicate");
  BOOST_TEST(issues[1].pointer == "/a");
}

BOOST_AUTO_TEST_CASE(an_unknown_type_is_an_error_that_lists_the_known) {
  Stage stage;
  const auto is_unknown = [](const loader::Error& error) {
    return error.kind() == loader::Error::Kind::unknown_type &&
           std::string(error.what()) ==
               "no plugin for the type \"Nope\"; known types: CompletesTwice, Describe, Echo, NeverCompletes, Puppet, "
               "Worker";
  };
  BOOST_CHECK_EXCEPTION(stage.registry.validate("Nope", "{}"), loader::Error, is_unknown);
  BOOST_CHECK_EXCEPTION(stage.registry.configure("x", "Nope", "{}"), loader::Error, is_unknown);
}

BOOST_AUTO_TEST_CASE(a_plugins_issues_arrive_repaired_and_bounded) {
  Stage stage;
  stage.strings.on_configure = [](const msgr_host*, msgr_issue_fn issue, void* ctx) {
    const std::string text(5000, 'x');
    const msgr_issue one{sizeof(msgr_issue), 0, {"/a\xff", 3}, {"blank", 5}, {text.data(), text.size()}};
    issue(ctx, &one);
    const msgr_issue old{16, 0, {nullptr, 7}, {"unread", 6}, {}};
    issue(ctx, &old);
    issue(ctx, nullptr);
    return false;
  };
  const Issues issues = stage.registry.configure("p", "Puppet", "{}");
  BOOST_REQUIRE_EQUAL(issues.size(), 2u);
  BOOST_TEST(issues[0].pointer == "/a\xEF\xBF\xBD");
  BOOST_TEST(issues[0].code == "blank");
  BOOST_TEST(issues[0].text.size() == 1024u);
  BOOST_TEST(issues[1].code.empty());
  BOOST_TEST(stage.registry.messengers().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_plugin_that_refuses_without_a_reason) {
  Stage stage;
  stage.strings.on_configure = [](const msgr_host*, msgr_issue_fn, void*) { return false; };
  stage.strings.on_validate = [](const msgr_host*, msgr_issue_fn, void*) { return 1u; };
  BOOST_TEST(stage.registry.configure("p", "Puppet", "{}").size() == 1u);
  BOOST_TEST(stage.registry.validate("Puppet", "{}").size() == 1u);
}

BOOST_AUTO_TEST_CASE(messengers_are_listed_replaced_and_removed) {
  Stage stage;
  BOOST_TEST(stage.registry.configure("a", "Echo", "{}").empty());
  BOOST_TEST(stage.registry.configure("m", "Echo", "{}").empty());
  const auto messengers = stage.registry.messengers();
  BOOST_REQUIRE_EQUAL(messengers.size(), 2u);
  BOOST_TEST(messengers[0].id == "a");
  BOOST_TEST(messengers[1].type == "Echo");
  BOOST_TEST(stage.registry.remove("a"));
  BOOST_TEST(!stage.registry.remove("a"));
  BOOST_TEST(stage.registry.messengers().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_failed_configuration_leaves_the_old_one_in_force) {
  Stage stage;
  BOOST_TEST(!stage.registry.configure("m", "Echo", "nope").empty());
  BOOST_TEST(stage.registry.messengers().at(0).type == "Puppet");
  BOOST_TEST((stage.registry.send("m", hello).outcome == loader::Outcome::ok));
}
