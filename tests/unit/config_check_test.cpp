// SPDX-License-Identifier: Apache-2.0
#include <messenger/config.hpp>

#include <boost/test/unit_test.hpp>
#include <limits>

#include "support/fake_host.hpp"

using messenger::test::FlatConfig;

namespace {

struct Config {
  std::string url;
  std::string name = "nobody";
  std::string code;
  messenger::Secret token;
  std::int32_t retries = 3;
  std::int64_t large = 0;
  bool debug = false;
  messenger::SecretMap headers;
  messenger::StringMap labels;
};

messenger::Fields<Config> fields() {
  return messenger::Fields<Config>{}
      .url("url", &Config::url, {.required = true})
      .text("name", &Config::name, {.max_length = 6, .alias = "naam"})
      .text("co/de~", &Config::code)
      .secret("token", &Config::token)
      .integer("retries", &Config::retries, {.min = 1, .max = 10})
      .integer("large", &Config::large)
      .boolean("debug", &Config::debug)
      .headers("headers", &Config::headers)
      .string_map("labels", &Config::labels)
      .any("data");
}

struct Outcome {
  Config config;
  std::vector<std::string> found;
  std::string texts;
};

Outcome read(std::string_view json) {
  const FlatConfig flat(json);
  messenger::Issues issues;
  Outcome outcome{fields().read(flat.raw(), issues), {}, {}};
  for (const auto& issue : issues) {
    outcome.found.push_back(issue.code + " " + issue.pointer);
    outcome.texts += issue.text;
  }
  return outcome;
}

struct Row {
  const char* json;
  std::vector<std::string> problems;
};

const Row rows[] = {
    {R"({"url":"https://h"})", {}},
    {R"({})", {"missing /url"}},
    {R"([])", {"invalidJSON ", "missing /url"}},
    {R"(7)", {"invalidJSON ", "missing /url"}},
    {R"({"url":null})", {"missing /url"}},
    {R"({"url":""})", {"blank /url"}},
    {R"({"url":"  "})", {"blank /url"}},
    {R"({"url":"ftp://h"})", {"invalid /url"}},
    {R"({"url":7})", {"invalidJSON /url"}},
    {R"({"url":{"a":1,"b":2}})", {"invalidJSON /url"}},
    {R"({"url":[]})", {"invalidJSON /url"}},
    {R"({"url":"https://h","name":"123456"})", {}},
    {R"({"url":"https://h","name":"äöüäöü"})", {}},
    {R"({"url":"https://h","name":"1234567"})", {"invalid /name"}},
    {R"({"url":"https://h","name":"a","naam":"b"})", {"invalid /naam"}},
    {R"({"url":"https://h","name":null,"naam":"b"})", {}},
    {R"({"url":"https://h","co/de~":1})", {"invalidJSON /co~1de~0"}},
    {R"({"url":"https://h","token":true})", {"invalidJSON /token"}},
    {R"({"url":"https://h","retries":0})", {"invalid /retries"}},
    {R"({"url":"https://h","retries":11})", {"invalid /retries"}},
    {R"({"url":"https://h","retries":"5"})", {"invalidJSON /retries"}},
    {R"({"url":"https://h","retries":1.5})", {"invalid /retries"}},
    {R"({"url":"https://h","large":9223372036854775807})", {}},
    {R"({"url":"https://h","large":9223372036854775808})", {"invalid /large"}},
    {R"({"url":"https://h","debug":"true"})", {"invalidJSON /debug"}},
    {R"({"url":"https://h","data":{"any":[1,{"x":null}]}})", {}},
    {R"({"url":"https://h","data":7})", {}},
    {R"({"url":"https://h","labels":{}})", {}},
    {R"({"url":"https://h","labels":"x"})", {"invalidJSON /labels"}},
    {R"({"url":"https://h","labels":[]})", {"invalidJSON /labels"}},
    {R"({"url":"https://h","labels":["x",{"y":1}]})", {"invalidJSON /labels"}},
    {R"({"url":"https://h","labels":{"a":1,"b":{"c":1,"d":2},"e":null}})",
     {"invalidJSON /labels/a", "invalidJSON /labels/b"}},
    {R"({"url":"https://h","labels":{"a b":"line\nbreak"}})", {}},
    {R"({"url":"https://h","headers":{"a b":"x"}})", {"invalid /headers/a b"}},
    {R"({"url":"https://h","headers":{"a/b":"x"}})", {"invalid /headers/a~1b"}},
    {R"({"url":"https://h","headers":{"A":"x\r\nB: y"}})", {"invalid /headers/A"}},
    {R"({"url":"https://h","headers":{"A":"x\u0000"}})", {"invalid /headers/A"}},
    {R"({"url":"https://h","headers":{"A":"x","a":"y"}})", {"invalid /headers/a"}},
    {R"({"url":"https://h","headers":{"content-LENGTH":"1"}})", {"invalid /headers/content-LENGTH"}},
    {R"({"url":"https://h","what":{"a":1,"b":2},"":1})", {"unknown /what", "unknown /"}},
    {R"({"name":"1234567","retries":0,"x":1})", {"invalid /name", "invalid /retries", "unknown /x", "missing /url"}},
};

}  // namespace

BOOST_AUTO_TEST_CASE(every_problem_is_reported_with_pointer_and_code) {
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT(row.json) {
      BOOST_TEST(read(row.json).found == row.problems, boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(values_arrive_typed) {
  const Config config = read(R"({"url":"https://h/p","naam":"me","token":"t","retries":7,"large":-5,"debug":true,
      "headers":{"X-A":"1","X-B":""},"labels":{"a/b":"c"},"co/de~":"d"})")
                            .config;
  BOOST_TEST(config.url == "https://h/p");
  BOOST_TEST(config.name == "me");
  BOOST_TEST(config.code == "d");
  BOOST_TEST(config.token.reveal() == "t");
  BOOST_TEST(config.retries == 7);
  BOOST_TEST(config.large == -5);
  BOOST_TEST(config.debug);
  BOOST_REQUIRE(config.headers.size() == 2U);
  BOOST_TEST(config.headers[0].second.reveal() == "1");
  BOOST_TEST(config.headers[1].second.empty());
  BOOST_REQUIRE(config.labels.size() == 1U);
  BOOST_TEST(config.labels[0].first == "a/b");
}

BOOST_AUTO_TEST_CASE(absent_null_and_empty_leave_the_default) {
  for (const char* json : {R"({"url":"https://h"})", R"({"url":"https://h","name":null,"retries":null})",
                           R"({"url":"https://h","name":""})"}) {
    const Outcome outcome = read(json);
    BOOST_TEST(outcome.found.empty());
    BOOST_TEST(outcome.config.name == "nobody");
    BOOST_TEST(outcome.config.retries == 3);
  }
}

BOOST_AUTO_TEST_CASE(no_issue_quotes_a_value) {
  const Outcome outcome = read(R"({"url":"CANARY","name":"CANARY-too-long","token":["CANARY"],"debug":"CANARY",
      "headers":{"A":"CANARY\n"},"retries":"CANARY"})");
  BOOST_TEST(outcome.found.size() == 6U);
  BOOST_TEST(outcome.texts.find("CANARY") == std::string::npos);
}
