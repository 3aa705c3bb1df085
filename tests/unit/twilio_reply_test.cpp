// SPDX-License-Identifier: Apache-2.0
#include "twilio/reply.hpp"

#include <boost/test/unit_test.hpp>

#include "support/fake_host.hpp"
#include "twilio/codes.hpp"

using namespace messenger;
using test::Answer;
using twilio::SenderOrigin;
using enum Outcome;

namespace {

const std::string hex = "0123456789abcdef0123456789abcdef";
const std::string account = "AC" + hex;
const std::string created = R"({"account_sid":"AC1","sid":"SM)" + hex + R"(","status":"queued","error_code":null})";

common::Verdict classify(const Answer& answer, SenderOrigin origin = SenderOrigin::configuration) {
  const test::FakeResponse fake(answer, 1);
  return twilio::classify(Response(&test::FakeResponse::http(), fake.raw()), account, origin, {});
}

Answer failed(std::uint32_t status, std::uint32_t code) {
  return {.status = status,
          .body = R"({"code":)" + std::to_string(code) + R"(,"message":"CANARY +1500","status":400})"};
}

struct ByCode {
  Outcome outcome;
  std::vector<std::uint32_t> codes;
};

}  // namespace

BOOST_AUTO_TEST_CASE(accepted_with_its_sid) {
  for (const std::uint32_t status : {200U, 201U, 202U}) {
    const auto verdict = classify({.status = status, .body = created});
    BOOST_TEST((verdict.outcome == ok));
    BOOST_TEST(verdict.provider_id.view() == "SM" + hex);
    BOOST_TEST(verdict.http_status == status);
  }
}

BOOST_AUTO_TEST_CASE(an_acceptance_that_names_no_message_is_doubtful) {
  for (const std::string& body :
       {std::string(), std::string("{}"), std::string("<html>ok</html>"), std::string(R"({"sid":null})"),
        std::string(R"({"sid":"hello"})"), created.substr(0, created.size() - 1), std::string("[") + created + "]"}) {
    const auto verdict = classify({.status = 201, .body = body});
    BOOST_TEST_CONTEXT(body) {
      BOOST_TEST((verdict.outcome == unknown));
      BOOST_TEST(verdict.provider_id.view().empty());
      BOOST_TEST(!verdict.detail.empty());
    }
  }
  BOOST_TEST((classify({.status = 201, .body = created, .failure = MSGR_HTTP_RESET}).outcome == unknown));
}

BOOST_AUTO_TEST_CASE(codes_of_the_reference) {
  const ByCode rows[] = {
      {retry, {20429, 21611}},
      {config, {20003, 20005, 20008, 20403}},
      {unknown, {20500, 20503}},
      {rejected, {21211, 21265, 21266, 21268, 21614, 21635, 21408, 21612, 21610, 21602, 21603,
                  21604, 21617, 21619, 21609, 21620, 21624, 35111, 35114, 35118, 99999, 20404}},
  };
  for (const ByCode& row : rows) {
    for (const std::uint32_t code : row.codes) {
      BOOST_TEST_CONTEXT(code) {
        const auto verdict = classify(failed(400, code));
        BOOST_TEST((verdict.outcome == row.outcome));
        BOOST_TEST((classify(failed(400, code), SenderOrigin::message).outcome == row.outcome));
        BOOST_TEST(verdict.provider_code.view() == std::to_string(code));
        BOOST_TEST(!verdict.detail.empty());
        BOOST_TEST(verdict.detail.find("CANARY") == std::string_view::npos);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_bad_sender_is_the_fault_of_who_chose_it) {
  for (const std::uint32_t code :
       {21212U, 21606U, 21608U, 21659U, 21660U, 21661U, 21663U, 21267U, 21701U, 21702U, 21703U, 21704U, 21705U}) {
    BOOST_TEST_CONTEXT(code) {
      BOOST_TEST((classify(failed(400, code), SenderOrigin::configuration).outcome == config));
      BOOST_TEST((classify(failed(400, code), SenderOrigin::message).outcome == rejected));
    }
  }
}

BOOST_AUTO_TEST_CASE(without_a_known_code_the_status_decides) {
  const std::pair<std::uint32_t, Outcome> rows[] = {{300, config},   {301, config},   {307, config},   {400, rejected},
                                                    {401, config},   {403, config},   {404, rejected}, {405, config},
                                                    {409, rejected}, {422, rejected}, {429, retry},    {451, rejected},
                                                    {500, unknown},  {502, unknown},  {503, unknown},  {599, unknown},
                                                    {100, unknown},  {0, unknown},    {999, unknown}};
  const std::string bodies[] = {"",
                                "<html><body>451 CANARY</body></html>",
                                "CANARY",
                                R"({"message":"CANARY")",
                                R"({"code":"CANARY"})",
                                R"({"code":-21211})",
                                R"({"code":1e300})",
                                R"({"code":99999999999999999999})",
                                R"({"type":"about:blank","title":"CANARY","status":400,"detail":"CANARY"})",
                                std::string(50'000, '['),
                                std::string("{\"code\":\0", 9)};
  for (const auto& [status, outcome] : rows) {
    for (const std::string& body : bodies) {
      for (const std::uint32_t failure : {std::uint32_t{MSGR_HTTP_RESPONSE}, std::uint32_t{MSGR_HTTP_RESET}}) {
        const auto verdict = classify({.status = status, .body = body, .failure = failure});
        BOOST_TEST_CONTEXT(status << " " << body.substr(0, 30)) {
          BOOST_TEST((verdict.outcome == outcome));
          BOOST_TEST(!verdict.detail.empty());
          BOOST_TEST(verdict.detail.find("CANARY") == std::string_view::npos);
          BOOST_TEST(verdict.provider_code.view() == "");
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_code_may_be_text_problem_json_or_cut_off) {
  const std::string problem = R"({"type":"https://t/21211","title":"x","status":400,"detail":"y","code":21606})";
  BOOST_TEST((classify({.status = 400, .body = problem}).outcome == config));
  BOOST_TEST((classify({.status = 400, .body = R"({"code":"21606"})"}).outcome == config));
  BOOST_TEST(
      (classify({.status = 400, .body = R"({"code":21606,"mess)", .failure = MSGR_HTTP_RESET}).outcome == config));
  BOOST_TEST((classify({.status = 400, .body = R"({"code":2160)", .failure = MSGR_HTTP_RESET}).outcome == rejected));
  BOOST_TEST((classify(failed(403, 21610)).outcome == rejected));
  BOOST_TEST((classify(failed(503, 21211)).outcome == unknown));  // a 5xx is never sure
  BOOST_TEST((classify(failed(429, 21211)).outcome == retry));
}

BOOST_AUTO_TEST_CASE(a_404_on_our_own_path_is_the_configurations) {
  const auto not_found = [](const std::string& path) {
    return classify(
        {.status = 404, .body = R"({"code":20404,"message":"The requested resource )" + path + R"( was not found"})"});
  };
  BOOST_TEST((not_found("/2010-04-01/Accounts/" + account + "/Messages.json").outcome == config));
  BOOST_TEST((not_found("/Services/MG1").outcome == rejected));
  BOOST_TEST((not_found("/2010-04-01/Accounts/AC0/Messages.json").outcome == rejected));
  BOOST_TEST((classify({.status = 404, .body = R"({"detail":"no /Accounts/)" + account + "\"}"}).outcome == config));
}

BOOST_AUTO_TEST_CASE(pauses) {
  const test::Pairs ten{{"Retry-After", "10"}};
  BOOST_TEST(classify({.status = 429, .headers = ten}).retry_after_ms == 10'000U);
  BOOST_TEST(classify({.status = 429}).retry_after_ms == 0U);
  BOOST_TEST(classify(failed(429, 21611)).retry_after_ms == 3'600'000U);
  BOOST_TEST(classify(failed(400, 21611)).retry_after_ms == 3'600'000U);
  BOOST_TEST(classify({.status = 400, .headers = ten}).retry_after_ms == 0U);
}

BOOST_AUTO_TEST_CASE(the_transport_decides_before_the_answer) {
  const std::pair<std::uint32_t, Outcome> unsent[] = {{MSGR_HTTP_RESOLVE, retry},
                                                      {MSGR_HTTP_CONNECT, retry},
                                                      {MSGR_HTTP_TLS, retry},
                                                      {MSGR_HTTP_UNTRUSTED, config},
                                                      {MSGR_HTTP_TIMEOUT, retry},
                                                      {MSGR_HTTP_RESET, retry},
                                                      {MSGR_HTTP_TOO_LARGE, retry},
                                                      {MSGR_HTTP_MALFORMED, retry},
                                                      {MSGR_HTTP_BLOCKED, config},
                                                      {MSGR_HTTP_CANCELLED, cancelled},
                                                      {MSGR_HTTP_DEADLINE, deadline},
                                                      {MSGR_HTTP_FAILED, retry},
                                                      {500, retry}};
  for (const auto& [failure, outcome] : unsent) {
    BOOST_TEST_CONTEXT(failure) {
      BOOST_TEST((classify({.failure = failure, .request_sent = 0}).outcome == outcome));
      BOOST_TEST((classify({.failure = failure}).outcome == unknown));
      BOOST_TEST((classify({.status = 201, .body = created, .failure = failure}).outcome == unknown));
      BOOST_TEST((classify({.status = 401, .failure = failure}).outcome == config));
    }
  }
}
