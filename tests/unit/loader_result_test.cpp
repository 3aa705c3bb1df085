// SPDX-License-Identifier: Apache-2.0
// Outcomes, and results that plugins get wrong.
#include <boost/test/unit_test.hpp>
#include <set>

#include "loader_support.hpp"

using namespace loader_test;
using loader::Outcome;
using loader::Result;

namespace {

// The result of a send whose plugin completes with these.
Result result_of(Stage& stage, std::int32_t outcome, const msgr_result* result) {
  stage.strings.on_send = [=](const msgr_host* host, const msgr_op* op, const msgr_message*) {
    host->complete(host, op->ticket, outcome, result);
  };
  return stage.registry.send("m", hello);
}

msgr_str text(const std::string& value) {
  return {value.data(), value.size()};
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_outcome_has_its_own_name) {
  std::set<std::string_view> names;
  for (std::int32_t number = MSGR_OK; number <= MSGR_DEADLINE; ++number) {
    const Outcome outcome = loader::outcome_from(number);
    BOOST_TEST(static_cast<std::int32_t>(outcome) == number);
    names.insert(to_string(outcome));
  }
  BOOST_TEST(names.size() == 7u);
  BOOST_TEST(to_string(Outcome::rejected) == "REJECTED");
  for (const std::int32_t number : {-1, 7, 1000, INT32_MIN, INT32_MAX}) {
    BOOST_TEST((loader::outcome_from(number) == Outcome::unknown));
  }
}

BOOST_AUTO_TEST_CASE(a_result_arrives_whole) {
  Stage stage;
  const msgr_result given{sizeof(msgr_result), 201, 1500, {"SM1", 3}, {"21610", 5}, {"said no", 7}};
  const Result result = result_of(stage, MSGR_REJECTED, &given);
  BOOST_TEST((result.outcome == Outcome::rejected));
  BOOST_TEST(result.http_status == 201u);
  BOOST_TEST((result.retry_after == 1500ms));
  BOOST_TEST(result.provider_id == "SM1");
  BOOST_TEST(result.provider_code == "21610");
  BOOST_TEST(result.detail == "said no");
}

BOOST_AUTO_TEST_CASE(a_result_from_an_older_minor_is_read_as_far_as_it_goes) {
  Stage stage;
  const msgr_result given{offsetof(msgr_result, provider_code), 200, 7, {"id", 2}, {"unread", 6}, {"unread", 6}};
  const Result result = result_of(stage, MSGR_OK, &given);
  BOOST_TEST(result.provider_id == "id");
  BOOST_TEST(result.provider_code.empty());
  BOOST_TEST(result.detail.empty());
  const msgr_result none{0, 500, 7, {"id", 2}, {}, {}};
  BOOST_TEST(result_of(stage, MSGR_OK, &none).http_status == 0u);
}

BOOST_AUTO_TEST_CASE(invalid_utf8_is_replaced_and_long_text_cut_between_characters) {
  Stage stage;
  const std::string id =
      "a\xff\xC3("
      "b\xED\xA0\x80";
  const std::string code = std::string(63, 'x') + "\xC3\xA9";
  const std::string detail(100'000, 'y');
  const msgr_result given{sizeof(msgr_result), 0, UINT64_MAX, text(id), text(code), text(detail)};
  const Result result = result_of(stage, MSGR_OK, &given);
  const std::string bad = "\xEF\xBF\xBD";
  BOOST_TEST(result.provider_id == "a" + bad + bad + "(b" + bad + bad + bad);
  BOOST_TEST(result.provider_code == std::string(63, 'x'));
  BOOST_TEST(result.detail.size() == 1024u);
  BOOST_TEST((result.retry_after <= 24h * 365));
}

BOOST_AUTO_TEST_CASE(absent_text_is_empty_whatever_its_length_says) {
  Stage stage;
  const msgr_result given{sizeof(msgr_result), 0, 0, {nullptr, 99}, {"", 0}, {nullptr, 0}};
  const Result result = result_of(stage, MSGR_OK, &given);
  BOOST_TEST(result.provider_id.empty());
  BOOST_TEST((result_of(stage, MSGR_OK, nullptr).outcome == Outcome::ok));
}

BOOST_AUTO_TEST_CASE(results_do_not_mix_between_sends) {
  Stage stage;
  const msgr_result given{sizeof(msgr_result), 201, 0, {"first", 5}, {"code", 4}, {"detail", 6}};
  result_of(stage, MSGR_OK, &given);
  const Result second = result_of(stage, MSGR_OK, nullptr);
  BOOST_TEST(second.provider_id.empty());
  BOOST_TEST(second.http_status == 0u);
}
