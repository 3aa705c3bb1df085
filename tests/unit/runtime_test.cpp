// SPDX-License-Identifier: Apache-2.0
// What every messenger of a host runs on.
#include "runtime/runtime.hpp"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <filesystem>

#include "certificate.hpp"

using namespace messenger::host;
using namespace messenger::test;
namespace loader = messenger::loader;

BOOST_AUTO_TEST_CASE(as_many_sends_of_a_messenger_are_under_way_as_there_may_be_and_operations_beside_them) {
  const TemporaryDirectory directory;
  std::filesystem::create_symlink(std::filesystem::path(MESSENGER_BAD_PLUGIN_DIR) / "never_completes.so",
                                  directory.path("never_completes.so"));
  std::size_t refused = 0;
  Runtime runtime({directory.path("")}, {});
  BOOST_TEST_REQUIRE(runtime.registry().configure("m", "NeverCompletes", "{}").empty());
  for (std::size_t i = 0; i != most_sends_of_a_messenger + 1; ++i) {
    const auto ticket =
        runtime.registry().send("m", {.to = "+15551230001", .body = "Hello."}, {}, [](const loader::Result&) {});
    refused += ticket == 0 ? 1 : 0;
  }
  BOOST_TEST(refused == 0U);
  runtime.registry().shutdown(std::chrono::milliseconds(1));
}
