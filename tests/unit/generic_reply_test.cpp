// SPDX-License-Identifier: Apache-2.0
#include "generic/reply.hpp"

#include <boost/test/unit_test.hpp>

#include "support/fake_host.hpp"

using namespace messenger;
using test::Answer;
using enum Outcome;

namespace {

struct Row {
  Answer answer;
  Outcome once;        // the receiver does not deduplicate
  Outcome repeatable;  // it does
};

Answer unsent(std::uint32_t failure) {
  return {.failure = failure, .request_sent = 0};
}
Answer cut(std::uint32_t status, std::uint32_t failure) {
  return {.status = status, .failure = failure};
}

const Row rows[] = {
    {{.status = 200}, ok, ok},
    {{.status = 201}, ok, ok},
    {{.status = 299}, ok, ok},
    {{.status = 301}, config, config},
    {{.status = 307}, config, config},
    {{.status = 400}, rejected, rejected},
    {{.status = 401}, config, config},
    {{.status = 403}, config, config},
    {{.status = 404}, config, config},
    {{.status = 405}, config, config},
    {{.status = 408}, rejected, rejected},
    {{.status = 410}, config, config},
    {{.status = 422}, rejected, rejected},
    {{.status = 429}, retry, retry},
    {{.status = 500}, unknown, retry},
    {{.status = 503}, unknown, retry},
    {{.status = 100}, unknown, retry},
    {{.status = 0}, unknown, retry},
    {{.status = 999}, unknown, retry},
    {unsent(MSGR_HTTP_RESOLVE), retry, retry},
    {unsent(MSGR_HTTP_CONNECT), retry, retry},
    {unsent(MSGR_HTTP_TLS), retry, retry},
    {unsent(MSGR_HTTP_UNTRUSTED), config, config},
    {unsent(MSGR_HTTP_TIMEOUT), retry, retry},
    {unsent(MSGR_HTTP_RESET), retry, retry},
    {unsent(MSGR_HTTP_TOO_LARGE), retry, retry},
    {unsent(MSGR_HTTP_MALFORMED), retry, retry},
    {unsent(MSGR_HTTP_BLOCKED), config, config},
    {unsent(MSGR_HTTP_CANCELLED), cancelled, cancelled},
    {unsent(MSGR_HTTP_DEADLINE), deadline, deadline},
    {unsent(MSGR_HTTP_FAILED), retry, retry},
    {unsent(77), retry, retry},
    {cut(0, MSGR_HTTP_TIMEOUT), unknown, retry},
    {cut(0, MSGR_HTTP_RESET), unknown, retry},
    {cut(0, MSGR_HTTP_MALFORMED), unknown, retry},
    {cut(0, MSGR_HTTP_CANCELLED), unknown, unknown},
    {cut(0, MSGR_HTTP_DEADLINE), unknown, retry},
    {cut(0, 77), unknown, retry},
    {cut(200, MSGR_HTTP_RESET), unknown, retry},
    {cut(200, MSGR_HTTP_TOO_LARGE), ok, ok},
    {cut(500, MSGR_HTTP_TOO_LARGE), unknown, retry},
    {cut(302, MSGR_HTTP_RESET), config, config},
    {cut(400, MSGR_HTTP_RESET), rejected, rejected},
    {cut(429, MSGR_HTTP_TIMEOUT), retry, retry},
    {cut(503, MSGR_HTTP_RESET), unknown, retry},
};

Result classify(const Answer& answer, bool repeatable) {
  const test::FakeResponse fake(answer, 1);
  return generic::classify(Response(&test::FakeResponse::http(), fake.raw()), repeatable, {});
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_answer_has_its_outcome) {
  for (const Row& row : rows) {
    BOOST_TEST_CONTEXT("status " << row.answer.status << " failure " << row.answer.failure << " sent "
                                 << row.answer.request_sent) {
      const Result once = classify(row.answer, false);
      BOOST_TEST((once.outcome == row.once));
      BOOST_TEST((classify(row.answer, true).outcome == row.repeatable));
      BOOST_TEST(once.http_status == row.answer.status);
      BOOST_TEST(once.detail.empty() == (once.outcome == ok));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_busy_receiver_may_ask_for_a_pause) {
  const Result result = classify({.status = 429, .headers = {{"retry-after", "7"}}}, false);
  BOOST_TEST(result.retry_after_ms == 7000U);
}
