// SPDX-License-Identifier: Apache-2.0
// messenger_generic.so through its C table.
#include <boost/test/unit_test.hpp>

#include "support/fake_host.hpp"

using namespace messenger::test;

namespace {

const msgr_plugin& generic() {
  return *Library(MESSENGER_PLUGIN_DIR "/messenger_generic.so").plugin();
}

// The example of FusionAuth's documentation without the envelope that a host keeps for itself.
constexpr const char* documented = R"({"connectTimeout":1000,"headers":{"Content-Type":"application/json"},
  "httpAuthenticationPassword":"CANARY-password","httpAuthenticationUsername":"user-login","readTimeout":2000,
  "sslCertificate":"e31e242b-4eca-4309-921f-48cb72ec9bfb","url":"https://www.example.com/webhook"})";

constexpr const char* plain = R"({"connectTimeout":1,"readTimeout":1,"url":"http://h"})";

const TestMessage code{.body = "CANARY-body", .attributes = {{"code", "CANARY-code"}}, .flags = MSGR_SECRET};

}  // namespace

BOOST_AUTO_TEST_CASE(its_schema_is_written_by_the_compiler) {
  BOOST_TEST(has_constant_schema(generic()));
}

BOOST_AUTO_TEST_CASE(the_documented_example_is_accepted_with_its_certificate) {
  FakeHost host;
  host.certificates = {{"e31e242b-4eca-4309-921f-48cb72ec9bfb", "CANARY-pem"}};
  BOOST_TEST(validate(host, generic(), documented).found.empty());
  const Instance instance(host, generic(), documented);
  BOOST_REQUIRE(instance);
  const OpenedEndpoint& opened = host.opened.at(0);
  BOOST_TEST(opened.url == "https://www.example.com/webhook");
  BOOST_TEST(opened.username == "user-login");
  BOOST_TEST(opened.password == "CANARY-password");
  BOOST_TEST(opened.connect_timeout_ms == 1000U);
  BOOST_TEST(opened.read_timeout_ms == 2000U);
  BOOST_TEST((opened.headers == Pairs{{"Content-Type", "application/json"}}));
  BOOST_TEST(opened.client_certificate == "CANARY-pem");
  BOOST_TEST(opened.client_key == "CANARY-pem");
  instance.send(code);
  BOOST_TEST(host.sent.size() == 1U);
  BOOST_TEST(host.said().find("CANARY") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_certificate_that_the_host_does_not_keep_is_refused_by_name) {
  FakeHost host;
  for (const bool keeps_others : {false, true}) {
    host.certificates.clear();
    if (keeps_others) {
      host.certificates = {{"another", "CANARY-pem"}};
    }
    const Instance instance(host, generic(), documented);
    BOOST_TEST(!instance);
    BOOST_TEST(instance.problems().found == std::vector<std::string>{"invalid /sslCertificate"});
    BOOST_TEST(host.opened.empty());
  }
}

BOOST_AUTO_TEST_CASE(every_problem_is_reported) {
  const std::pair<const char*, std::vector<std::string>> rows[] = {
      {"{}", {"missing /url", "missing /connectTimeout", "missing /readTimeout"}},
      {R"({"url":"http://h","connectTimeout":0,"readTimeout":-1})",
       {"invalid /connectTimeout", "invalid /readTimeout"}},
      {R"({"url":"","connectTimeout":"1","readTimeout":2147483648})",
       {"blank /url", "invalidJSON /connectTimeout", "invalid /readTimeout"}},
      {R"({"url":"http://u:p@h","connectTimeout":1,"readTimeout":1,"headers":7,"idempotent":1})",
       {"invalid /url", "invalidJSON /headers", "invalidJSON /idempotent"}},
      {R"({"url":"http://h","connectTimeout":1,"readTimeout":1,"httpAuthenticationPassword":"p"})",
       {"missing /httpAuthenticationUsername"}},
      {R"({"url":"http://h","connectTimeout":1,"readTimeout":1,"httpAuthenticationUsername":"a:b"})",
       {"invalid /httpAuthenticationUsername"}},
      {R"({"url":"http://h","connectTimeout":1,"readTimeout":1,"sslCertificate":"a","sslCertificateId":"a"})",
       {"invalid /sslCertificateId"}},
      {R"({"url":"http://h","connectTimeout":1,"readTimeout":1,"messageTypes":["SMS"]})", {"unknown /messageTypes"}},
  };
  FakeHost host;
  for (const auto& [json, problems] : rows) {
    BOOST_TEST_CONTEXT(json) {
      BOOST_TEST(validate(host, generic(), json).found == problems, boost::test_tools::per_element());
      const Instance instance(host, generic(), json);
      BOOST_TEST(!instance);
      BOOST_TEST(instance.problems().found == problems, boost::test_tools::per_element());
    }
  }
  BOOST_TEST(host.opened.empty());
}

BOOST_AUTO_TEST_CASE(an_issue_of_the_service_stands_under_our_field) {
  FakeHost host;
  host.open_issue = "/username";
  BOOST_TEST((Instance(host, generic(), plain).problems().found ==
              std::vector<std::string>{"invalid /httpAuthenticationUsername"}));
}

BOOST_AUTO_TEST_CASE(a_message_is_posted_as_json) {
  FakeHost host;
  {
    const Instance instance(host, generic(), plain);
    BOOST_TEST(!host.opened.at(0).has_username);
    instance.send(code, {.ticket = 5, .idempotency_key = "key", .traceparent = "00-trace"});
    const SentRequest& sent = host.sent.at(0);
    BOOST_TEST(sent.method == "POST");
    BOOST_TEST(sent.target == "");
    BOOST_TEST(sent.ticket == 5U);
    BOOST_TEST(sent.deadline_ns == 9'000'000'000'000U);
    BOOST_TEST(sent.content_type == "application/json");
    BOOST_TEST(sent.body ==
               R"({"code":"CANARY-code","phoneNumber":"+15005550010","textMessage":"CANARY-body","type":"SMS"})");
    BOOST_TEST((sent.headers == Pairs{{"Idempotency-Key", "key"}, {"traceparent", "00-trace"}}));
    instance.cancel(5);
    BOOST_TEST(host.cancelled == std::vector<std::uint64_t>{5});
    host.answer({.status = 200, .body = "CANARY"});
    BOOST_TEST(host.completions.at(0).outcome == MSGR_OK);
    BOOST_TEST(host.completions.at(0).ticket == 5U);
    BOOST_TEST(host.completions.at(0).http_status == 200U);
    BOOST_TEST(host.said().find("CANARY") == std::string::npos);
  }
  BOOST_TEST(host.closed == 1);
}

BOOST_AUTO_TEST_CASE(configured_headers_go_out_once) {
  FakeHost host;
  const Instance instance(host, generic(), R"({"connectTimeout":1,"readTimeout":1,"url":"http://h",
      "httpAuthenticationUsername":"u","httpAuthenticationPassword":"p",
      "headers":{"content-type":"text/json","AUTHORIZATION":"Bearer x","idempotency-key":"mine","X-Empty":""}})");
  BOOST_TEST(!host.opened.at(0).has_username);
  BOOST_TEST(host.opened.at(0).headers.size() == 4U);
  instance.send({}, {.idempotency_key = "key"});
  BOOST_TEST(!host.sent.at(0).has_content_type);
  BOOST_TEST(host.sent.at(0).headers.empty());
}

BOOST_AUTO_TEST_CASE(an_idempotent_receiver_makes_a_doubt_repeatable_when_it_can_tell) {
  struct Row {
    const char* fields;
    const char* key;
    std::int32_t outcome;
  };
  const Row rows[] = {{"", "key", MSGR_UNKNOWN},
                      {R"(,"idempotent":false)", "key", MSGR_UNKNOWN},
                      {R"(,"idempotent":true)", "key", MSGR_RETRY},
                      {R"(,"idempotent":true)", "", MSGR_UNKNOWN},
                      {R"(,"idempotent":true,"headers":{"Idempotency-Key":"same for all"})", "key", MSGR_UNKNOWN}};
  for (const Row& row : rows) {
    FakeHost host;
    const Instance instance(host, generic(),
                            R"({"connectTimeout":1,"readTimeout":1,"url":"http://h")" + std::string(row.fields) + "}");
    instance.send({}, {.idempotency_key = row.key});
    host.answer({.failure = MSGR_HTTP_RESET});
    BOOST_TEST_CONTEXT(row.fields << " " << row.key) {
      BOOST_TEST(host.completions.at(0).outcome == row.outcome);
    }
  }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_sent_is_completed) {
  FakeHost host;
  const Instance instance(host, generic(), plain);
  instance.send({.to = ""});
  BOOST_TEST(host.completions.at(0).outcome == MSGR_REJECTED);
  host.request_answer = MSGR_HTTP_UNAVAILABLE;
  instance.send();
  BOOST_TEST(host.completions.at(1).outcome == MSGR_RETRY);
}

BOOST_AUTO_TEST_CASE(one_type_and_nothing_secret_in_its_table) {
  BOOST_TEST(generic().type == std::string("Generic"));
  BOOST_TEST(generic().needs[0] == std::string(MSGR_HTTP_1));
  BOOST_TEST(Library(MESSENGER_PLUGIN_DIR "/messenger_generic.so").plugin(1) == nullptr);
}
