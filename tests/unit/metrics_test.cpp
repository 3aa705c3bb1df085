// SPDX-License-Identifier: Apache-2.0
// /metrics, read as Prometheus reads it: https://prometheus.io/docs/instrumenting/exposition_formats/
#include <boost/test/unit_test.hpp>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "api/metric_families.hpp"
#include "message_site.hpp"

using namespace messenger::test;

namespace {

/// The samples of a text in Prometheus' format, "name{labels}" to value. Fails the test where the text is not so.
std::map<std::string, double> samples(const std::string& text) {
  const std::regex help("# HELP ([a-z_]+) \\S.*"), type("# TYPE ([a-z_]+) (counter|gauge|histogram)");
  const std::regex sample(R"re(([a-z_]+)((?:\{[a-z_]+="[^"\\\n]*"(?:,[a-z_]+="[^"\\\n]*")*\})?) (\S+))re");
  std::map<std::string, double> found;
  std::map<std::string, std::string> types;
  std::istringstream lines(text);
  std::smatch parts;
  BOOST_TEST(text.ends_with('\n'));
  for (std::string line; std::getline(lines, line);) {
    if (std::regex_match(line, parts, type)) {
      BOOST_TEST(types.emplace(parts[1], parts[2]).second, "twice: " << line);
    } else if (!std::regex_match(line, parts, help)) {
      BOOST_TEST_REQUIRE(std::regex_match(line, parts, sample), line);
      const std::string name = std::regex_replace(parts[1].str(), std::regex("_(bucket|sum|count)$"), "");
      const bool is_histogram = types.contains(name) && types[name] == "histogram";
      const std::string family = is_histogram ? name : parts[1].str();
      BOOST_TEST_REQUIRE(types.contains(family), "no TYPE before " << line);
      BOOST_TEST((types[family] == "counter") == family.ends_with("_total"), line);
      BOOST_TEST(found.emplace(parts[1].str() + parts[2].str(), std::stod(parts[3])).second, "twice: " << line);
    }
  }
  return found;
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(what_was_done_is_counted, MessageSite) {
  const std::string messenger = "{messenger=\"" + std::string(messenger_id) + "\"";
  BOOST_TEST_REQUIRE(becomes(send_id(), "sent"));
  fault(R"({"status":400})", 1);
  BOOST_TEST_REQUIRE(becomes(send_id({{"priority", "bulk"}}), "failed"));
  metrics.receipt_answered(messenger::host::ReceiptIntake::Verdict::forged);
  metrics.request_answered("BREW", "unknown", 404, std::chrono::microseconds(70));
  const auto response = api->call("GET", "/metrics", {}, {}, "");
  BOOST_TEST(response.status == 200U);
  BOOST_TEST(response.headers.at(0).second == "text/plain; version=0.0.4; charset=utf-8");
  auto found = samples(response.body);
  BOOST_TEST(found.at("messenger_attempts_total" + messenger + ",outcome=\"OK\"}") == 1);
  BOOST_TEST(found.at("messenger_attempts_total" + messenger + ",outcome=\"REJECTED\"}") == 1);
  BOOST_TEST(found.at("messenger_attempt_duration_seconds_count" + messenger + "}") == 2);
  BOOST_TEST(found.at("messenger_attempt_duration_seconds_bucket" + messenger + ",le=\"+Inf\"}") == 2);
  BOOST_TEST(found.at("messenger_outbox_messages{priority=\"notice\",state=\"sent\"}") == 1);
  BOOST_TEST(found.at("messenger_outbox_messages{priority=\"bulk\",state=\"failed\"}") == 1);
  BOOST_TEST(found.at("messenger_outbox_oldest_waiting_seconds{priority=\"code\"}") == 0);
  BOOST_TEST(found.at("messenger_circuit_state" + messenger + ",state=\"closed\"}") == 1);
  BOOST_TEST(found.at("messenger_circuit_state" + messenger + ",state=\"open\"}") == 0);
  BOOST_TEST(found.at("messenger_receipts_total{verdict=\"forged\"}") == 1);
  BOOST_TEST(found.at("messenger_api_requests_total{method=\"other\",route=\"unknown\",status=\"404\"}") == 1);
  BOOST_TEST(found.at("messenger_http_requests_total") == 2);
  BOOST_TEST(found.at("messenger_store_up") == 1);
  BOOST_TEST(found.at("messenger_messages_accepted_total") == 2);
  BOOST_TEST(found.contains("messenger_loader_parked_total"));
  BOOST_TEST(found.contains("messenger_build_info{version=\"" MSGR_VERSION "\"}"));
}

BOOST_FIXTURE_TEST_CASE(what_waits_has_an_age, MessageSite) {
  fault(R"({"status":429})");
  const std::string id = send_id({{"priority", "code"}});
  while (find(id).at("attempts") == 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  const auto found = samples(api->call("GET", "/metrics").body);
  BOOST_TEST(found.at("messenger_outbox_oldest_waiting_seconds{priority=\"code\"}") > 0);
  BOOST_TEST(found.at("messenger_outbox_oldest_waiting_seconds{priority=\"bulk\"}") == 0);
  simulator.clear();
}

BOOST_FIXTURE_TEST_CASE(kept_messages_are_counted_once_in_thirty_seconds, MessageSite) {
  BOOST_TEST_REQUIRE(becomes(send_id(), "sent"));
  messenger::host::CountedOutbox known;
  const auto sent = [&](std::int64_t now) {
    messenger::host::MetricFamilies families;
    add_outbox(families, engine->store(), known, now);
    BOOST_TEST(families.back().metric.at(0).gauge.value == 1);  // the store answers
    return families.at(0).metric.at(0).gauge.value;
  };
  BOOST_TEST(sent(1'000'000) == 1);
  BOOST_TEST_REQUIRE(becomes(send_id(), "sent"));
  BOOST_TEST(sent(1'029'999) == 1);
  BOOST_TEST(sent(1'030'000) == 2);
  BOOST_TEST_REQUIRE(becomes(send_id(), "sent"));
  BOOST_TEST(sent(1'000'000) == 3);  // a clock that was set back
}
