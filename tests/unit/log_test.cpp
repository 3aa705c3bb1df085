// SPDX-License-Identifier: Apache-2.0
// The host's log on standard error.
#include <boost/test/unit_test.hpp>
#include <string>
#include <thread>

#include "error_output.hpp"
#include "runtime/log.hpp"

using namespace messenger::host;
using namespace messenger::test;

namespace {

struct LogOutput {
  TemporaryDirectory directory;
  ErrorOutput output{directory.path("log")};
  Log log;

  // Their messages, a line each.
  std::string lines() const {
    std::string all;
    for (std::string rest = output.text(); !rest.empty(); rest.erase(0, rest.find('\n') + 1)) {
      all += rest.substr(sizeof "2026-01-01T00:00:00.000Z", rest.find('\n') + 1 - sizeof "2026-01-01T00:00:00.000Z");
    }
    return all;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_line_has_the_fields_and_stays_one_line, LogOutput) {
  log.warning("One\ntwo", {{"text", "a\tb\x7f"}, {"number", -3}, {"flag", true}});
  log.write(messenger::loader::LogLevel::debug, "not wanted");
  BOOST_TEST(lines() == "warning One two text=a b  number=-3 flag=true\n");
}

BOOST_FIXTURE_TEST_CASE(a_groups_lines_go_out_together_in_their_order, LogOutput) {
  {
    const Log::Group group(log);
    log.info("first");
    log.info("second");
    BOOST_TEST(lines() == "");
    Log().info("another log's");
    std::thread([this] { log.info("another thread's"); }).join();
    BOOST_TEST(lines() == "info another log's\ninfo another thread's\n");
  }
  log.info("after");
  BOOST_TEST(lines() == "info another log's\ninfo another thread's\ninfo first\ninfo second\ninfo after\n");
}

BOOST_FIXTURE_TEST_CASE(a_group_within_a_group_is_one_of_its_own, LogOutput) {
  const Log::Group outer(log);
  log.info("outer");
  {
    const Log::Group inner(log);
    log.info("inner");
  }
  log.info("outer again");
  BOOST_TEST(lines() == "info inner\n");
}

BOOST_FIXTURE_TEST_CASE(a_long_group_is_written_in_pieces, LogOutput) {
  const Log::Group group(log);
  for (int line = 0; line != 1'000; ++line) {
    log.info(std::string(100, 'x'));
  }
  BOOST_TEST(output.text().size() > 50'000U);
}
