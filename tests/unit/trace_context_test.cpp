// SPDX-License-Identifier: Apache-2.0
#include "api/trace_context.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

using messenger::host::Request;
using messenger::host::traceparent_of;

namespace {

const std::string trace = "0af7651916cd43dd8448eb211c80319c", parent = "b7ad6b7169203331";
const std::string good = "00-" + trace + "-" + parent + "-01";

std::string of(std::vector<std::pair<std::string, std::string>> headers) {
  Request request;
  request.headers = std::move(headers);
  return traceparent_of(request);
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_trace_context_is_taken_as_it_is_whatever_the_headers_case) {
  BOOST_TEST(of({{"Host", "h"}, {"Traceparent", good}}) == good);
  BOOST_TEST(of({{"TRACEPARENT", "00-" + trace + "-" + parent + "-00"}}) == "00-" + trace + "-" + parent + "-00");
  BOOST_TEST(of({}) == "");
}

BOOST_AUTO_TEST_CASE(a_later_version_is_written_as_the_one_that_is_known) {
  BOOST_TEST(of({{"traceparent", "cc-" + trace + "-" + parent + "-03"}}) == good);
  BOOST_TEST(of({{"traceparent", "01-" + trace + "-" + parent + "-02-more"}}) == "00-" + trace + "-" + parent + "-00");
}

BOOST_AUTO_TEST_CASE(what_is_malformed_or_there_twice_is_ignored) {
  const std::string zeros(32, '0');
  const std::vector<std::string> malformed{"",
                                           "00",
                                           "ff" + good.substr(2),
                                           "0A" + good.substr(2),
                                           good + "-",
                                           good + "0",
                                           good.substr(0, 54),
                                           "00-" + zeros + "-" + parent + "-01",
                                           "00-" + trace + "-" + zeros.substr(16) + "-01",
                                           "00-" + std::string("G") + trace.substr(1) + "-" + parent + "-01",
                                           "00-" + std::string("A") + trace.substr(1) + "-" + parent + "-01",
                                           "00_" + good.substr(3),
                                           good.substr(0, 53) + "0x",
                                           "01" + good.substr(2) + "more",
                                           good.substr(0, 52) + "\r\nX: y"};
  for (const std::string& bad : malformed) {
    BOOST_TEST(of({{"traceparent", bad}}) == "", bad);
  }
  BOOST_TEST(of({{"traceparent", good}, {"Traceparent", good}}) == "");
}
