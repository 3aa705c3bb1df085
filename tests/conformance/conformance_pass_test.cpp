// SPDX-License-Identifier: Apache-2.0
// Good plugins pass, what could not be tried is said, and the answer is there for people and for programs.
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include "certificate.hpp"
#include "check.hpp"

namespace json = boost::json;
using namespace messenger::test;

namespace {

void expect_pass(const std::string& plugin, std::vector<std::string> more = {}) {
  more.insert(more.begin(), build + "/" + plugin);
  const auto report = check_json(more);
  BOOST_TEST(report.at("status").as_int64() == 0, plugin << ": " << json::serialize(report));
  BOOST_TEST(report.at("failed").as_int64() == 0);
  BOOST_TEST(report.at("complete").as_bool());
  BOOST_TEST(rules(report, "skipped").empty());
  BOOST_TEST(rules(report, "passed").contains("destroy.nothing-after"));
}

std::string twilio(const std::string& type = "Twilio") {
  return json::serialize(json::object{{"messenger", json::object{{"type", type},
                                                                 {"name", "t"},
                                                                 {"url", "https://api.example.org"},
                                                                 {"accountSID", "AC00000000000000000000000000000000"},
                                                                 {"authToken", "canary-token-canary"},
                                                                 {"fromPhoneNumber", "+15005550006"}}}});
}

}  // namespace

BOOST_AUTO_TEST_CASE(our_messengers_pass_without_a_configuration) {
  expect_pass("plugins/messenger_generic.so");
  expect_pass("plugins/messenger_twilio.so");
}

BOOST_AUTO_TEST_CASE(the_documentations_messengers_pass) {
  expect_pass("examples/carrier_messenger.so");
  expect_pass("examples/minimal_messenger.so");
  expect_pass("examples/minimal_messenger_c.so");
}

BOOST_AUTO_TEST_CASE(plugins_without_http_pass_those_with_threads_two_types_or_a_later_minor_too) {
  expect_pass("tests/plugins/worker.so");
  expect_pass("tests/plugins/newer.so");
  expect_pass("tests/plugins/two_types.so");
  expect_pass("tests/bad_plugins/type_taken.so");
}

// Without HTTP requests these rules would have nothing to look at.
BOOST_AUTO_TEST_CASE(the_configuration_made_from_our_schemas_is_one_that_sends) {
  for (const char* plugin : {"generic", "twilio"}) {
    const auto report = check_json({build + "/plugins/messenger_" + plugin + ".so"});
    BOOST_TEST(rules(report, "passed").contains("send.doubt-is-unknown"), plugin);
  }
}

BOOST_AUTO_TEST_CASE(a_messenger_given_is_what_is_tried) {
  const TemporaryDirectory directory;
  expect_pass("plugins/messenger_twilio.so", {"--messenger", directory.write("twilio.json", twilio())});
  const auto refused = check_json({build + "/plugins/messenger_twilio.so", "--messenger",
                                   directory.write("bad.json", R"({"messenger":{"type":"Twilio","name":"t"}})")});
  BOOST_TEST(refused.at("status").as_int64() == 4);
  BOOST_TEST(json::serialize(refused).find("the messenger given was refused") != std::string::npos);
  const auto other =
      check({build + "/plugins/messenger_twilio.so", "--messenger", directory.write("other.json", twilio("Pigeon"))});
  BOOST_TEST(other.status == 2);
  BOOST_TEST(other.err.find("the plugin offers no type Pigeon") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_tried_is_no_pass_and_says_why) {
  const auto lacking = check_json({build + "/tests/bad_plugins/needs_unknown_service.so"});
  BOOST_TEST(lacking.at("status").as_int64() == 4);
  BOOST_TEST(!lacking.at("complete").as_bool());
  BOOST_TEST(rules(lacking, "skipped").contains("send.completes-once"));
  const auto text = check({build + "/tests/bad_plugins/needs_unknown_service.so"});
  BOOST_TEST(text.out.find("it needs test.nowhere/1, which is not lent here") != std::string::npos);
  const auto misled = check({build + "/tests/bad_plugins/schema_misleads.so"});
  BOOST_TEST(misled.status == 4);
  BOOST_TEST(misled.out.find("/account: You must specify an account. (give one with --messenger)") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_failed_rule_is_named_for_people_with_the_signal_and_what_the_rule_says) {
  const auto crashed = check({build + "/tests/bad_plugins/crashes_in_send.so"});
  BOOST_TEST(crashed.status == 1);
  BOOST_TEST(crashed.out.starts_with("FAILED   send.returns  CrashesInSend: the process was ended "), crashed.out);
  BOOST_TEST(crashed.out.find("The rule (plugin.h, msgr_plugin.send and msgr_result): ") != std::string::npos);
  BOOST_TEST(crashed.out.find(" 1 failed, ") != std::string::npos);
  BOOST_TEST(crashed.out.find("passed   ") == std::string::npos);
  const auto hung = check({"-v", "--timeout", "1", build + "/tests/bad_plugins/blocks_in_send.so"});
  BOOST_TEST(hung.out.find("send.returns  BlocksInSend: it did not come to an end within 1.0 s") != std::string::npos);
  BOOST_TEST(hung.out.find("passed   file.elf") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(bad_usage_is_status_2) {
  const auto says = [](const Finished& finished, const std::string& part) {
    BOOST_TEST(finished.status == 2);
    BOOST_TEST(finished.err.find(part) != std::string::npos, finished.err);
  };
  const std::string generic = build + "/plugins/messenger_generic.so";
  says(check({}), "PLUGIN");
  says(check({"/nowhere/at-all.so"}), "/nowhere/at-all.so: No such file");
  says(check({generic, "--timeout", "0"}), "--timeout");
  says(check({generic, "--messenger", "/nowhere.json"}), "/nowhere.json: No such file");
  const TemporaryDirectory directory;
  says(check({generic, "--messenger", directory.write("list.json", "[]")}), "must be an object");
}
