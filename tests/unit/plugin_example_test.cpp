// SPDX-License-Identifier: Apache-2.0
// The examples of the documentation, as libraries.
#include <boost/test/unit_test.hpp>

#include "support/fake_host.hpp"

using namespace messenger::test;

namespace {

const msgr_plugin& example(const char* name) {
  return *Library(MESSENGER_EXAMPLE_DIR "/" + std::string(name) + ".so").plugin();
}

constexpr const char* names[] = {"minimal_messenger", "minimal_messenger_c"};

}  // namespace

BOOST_AUTO_TEST_CASE(they_report_what_is_wrong_with_their_configuration) {
  const FakeHost host;
  for (const char* name : names) {
    BOOST_TEST_CONTEXT(name) {
      const msgr_plugin& plugin = example(name);
      using Found = std::vector<std::string>;
      BOOST_TEST(validate(host, plugin, R"({"url":"http://h"})").found.empty());
      BOOST_TEST((validate(host, plugin, "{}").found == Found{"missing /url"}));
      BOOST_TEST((validate(host, plugin, R"({"url":null})").found == Found{"missing /url"}));
      BOOST_TEST((validate(host, plugin, R"({"url":7})").found == Found{"invalidJSON /url"}));
      BOOST_TEST((validate(host, plugin, R"({"uri":"http://h"})").found == Found{"unknown /uri", "missing /url"}));
    }
  }
}

BOOST_AUTO_TEST_CASE(they_send_and_judge_the_answer) {
  const std::pair<Answer, std::int32_t> rows[] = {
      {{.status = 200}, MSGR_OK},
      {{.status = 204}, MSGR_OK},
      {{.status = 400}, MSGR_REJECTED},
      {{.status = 429}, MSGR_RETRY},
      {{.status = 500}, MSGR_UNKNOWN},
      {{.failure = MSGR_HTTP_CONNECT, .request_sent = 0}, MSGR_RETRY},
      {{.failure = MSGR_HTTP_UNTRUSTED, .request_sent = 0}, MSGR_CONFIG},
      {{.failure = MSGR_HTTP_BLOCKED, .request_sent = 0}, MSGR_CONFIG},
      {{.failure = MSGR_HTTP_CANCELLED, .request_sent = 0}, MSGR_CANCELLED},
      {{.failure = MSGR_HTTP_DEADLINE, .request_sent = 0}, MSGR_DEADLINE},
      {{.failure = MSGR_HTTP_RESET}, MSGR_UNKNOWN},
      {{.status = 200, .failure = MSGR_HTTP_RESET}, MSGR_UNKNOWN},
      {{.status = 400, .failure = MSGR_HTTP_RESET}, MSGR_REJECTED},
  };
  for (const char* name : names) {
    FakeHost host;
    const Instance instance(host, example(name), R"({"url":"http://h/in"})");
    BOOST_REQUIRE(instance);
    BOOST_TEST(host.opened.at(0).url == "http://h/in");
    for (const auto& [answer, outcome] : rows) {
      BOOST_TEST_CONTEXT(name << " " << answer.status << " " << answer.failure) {
        host.completions.clear();
        instance.send({}, {.ticket = 9});
        BOOST_TEST(host.sent.back().body == "Two Factor Code: 012345");
        BOOST_TEST((host.sent.back().headers == Pairs{{"X-To", "+15005550010"}}));
        host.answer(answer);
        BOOST_REQUIRE(host.completions.size() == 1U);
        BOOST_TEST(host.completions[0].ticket == 9U);
        BOOST_TEST(host.completions[0].outcome == outcome);
      }
    }
    instance.cancel(9);
    BOOST_TEST(host.cancelled == std::vector<std::uint64_t>{9});
  }
}

BOOST_AUTO_TEST_CASE(they_survive_a_host_that_lends_nothing) {
  for (const char* name : names) {
    FakeHost host;
    host.request_answer = MSGR_HTTP_UNAVAILABLE;
    {
      const Instance instance(host, example(name), R"({"url":"http://h"})");
      instance.send();
      BOOST_TEST(host.completions.at(0).outcome == MSGR_RETRY);
      host.request_answer = MSGR_HTTP_INVALID;
      instance.send();
      BOOST_TEST(host.completions.at(1).outcome == MSGR_REJECTED);
    }
    BOOST_TEST(host.closed == 1);
    host.open_issue = "/url";
    BOOST_TEST(!Instance(host, example(name), R"({"url":"http://h"})"));
    host.offers_http = false;
    const Instance none(host, example(name), R"({"url":"http://h"})");
    BOOST_TEST(!none);
    BOOST_TEST(none.problems().found.size() == 1U);
  }
}

BOOST_AUTO_TEST_CASE(the_one_that_does_more_runs_an_operation_and_reads_receipts) {
  FakeHost host;
  const msgr_plugin& plugin = example("carrier_messenger");
  Instance instance(host, plugin, R"({"url":"http://h/api","token":"t0"})");
  BOOST_REQUIRE(instance);
  instance.call("numbers.lookup", R"({"number":"15005550006"})");
  BOOST_TEST(host.sent.at(0).method == "GET");
  BOOST_TEST(host.sent[0].target == "/numbers/15005550006");
  host.answer({.status = 200, .body = R"({"kind":"mobile"})"});
  BOOST_TEST(host.outputs == std::vector<std::string>{R"({"kind":"mobile"})"});
  BOOST_TEST(host.completions.at(0).outcome == MSGR_OK);
  for (const char* input : {"{}", R"({"number":"1/../2"})"}) {
    host.completions.clear();
    instance.call("numbers.lookup", input);
    BOOST_TEST(host.completions.at(0).outcome == MSGR_REJECTED);
  }
  instance.call("numbers.lookup", R"({"number":"1"})");
  host.answer({.failure = MSGR_HTTP_RESET});
  BOOST_TEST(host.completions.back().outcome == MSGR_RETRY);
}
