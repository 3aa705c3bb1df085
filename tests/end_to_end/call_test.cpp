// SPDX-License-Identifier: Apache-2.0
// messenger-host call and validate --online, as an operator meets them.
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
#include <sstream>

#include "certificate.hpp"
#include "process.hpp"

namespace json = boost::json;
using namespace messenger::test;

namespace {

const std::string bin = MESSENGER_BIN_DIR;
const std::string account = "AC0123456789abcdef0123456789abcdef";

struct Bench {
  TemporaryDirectory directory;
  Process simulator{{bin + "/provider-simulator", "--account", account + ":canary-token"}};
  std::string url = simulator.read_line();
  std::string file = messenger("canary-token");

  std::string messenger(const std::string& token, const std::string& type = "Twilio") {
    json::object members{{"type", type}, {"name", "m"}, {"url", url}};
    if (type == "Generic") {
      members["connectTimeout"] = members["readTimeout"] = 1'000;
    } else {
      members["accountSID"] = account;
      members["authToken"] = token;
      members["fromPhoneNumber"] = "+15005550006";
    }
    return directory.write(type + ".json", json::serialize(json::object{{"messenger", std::move(members)}}));
  }
  static Finished host(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), bin + "/messenger-host");
    arguments.insert(arguments.end(), {"--allow-ranges", "127.0.0.0/8", "--http-ranges", "127.0.0.0/8"});
    auto finished = run(arguments);
    BOOST_TEST((finished.out + finished.err).find("canary-token") == std::string::npos);
    return finished;
  }
  Finished call(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"call", file});
    return host(std::move(arguments));
  }
  void create(int count) const {
    for (int i = 0; i != count; ++i) {
      const auto made = call({"messages.create", "To=+15551230001", "Body=n" + std::to_string(i)});
      BOOST_TEST_REQUIRE(made.status == 0, made.err);
    }
  }
};

std::vector<json::object> lines(const std::string& text) {
  std::vector<json::object> all;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    all.push_back(json::parse(line).as_object());
  }
  return all;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(without_an_operation_the_catalogue_is_listed, Bench) {
  const auto listed = call({});
  BOOST_TEST(listed.status == 0);
  BOOST_TEST(has(listed.out, "messages.list\n    Lists messages"));
  BOOST_TEST(has(listed.out, "messages.delete  (changes something)\n"));
  const auto entries = lines(call({"--json"}).out);
  BOOST_TEST(entries.size() > 40U);
  BOOST_TEST(entries[0].at("inputSchema").is_object());
}

BOOST_FIXTURE_TEST_CASE(a_list_is_one_json_line_an_element_over_all_pages, Bench) {
  create(5);
  const auto all = call({"messages.list", "PageSize=2", "To=+15551230001"});
  BOOST_TEST(all.status == 0);
  BOOST_TEST(lines(all.out).size() == 5U);
  BOOST_TEST(lines(all.out)[0].at("body") == "n4");
  BOOST_TEST(has(all.err, "OK  HTTP 200"));
  const auto some = call({"messages.list", "PageSize=2", "--limit", "3", "--json"});
  BOOST_TEST(lines(some.out).size() == 3U);
  BOOST_TEST(lines(some.err).at(0).at("outcome") == "OK");
}

BOOST_FIXTURE_TEST_CASE(a_reader_that_goes_ends_the_list_in_good_order, Bench) {
  create(3);
  const auto piped =
      run({"/bin/sh", "-c",
           bin + "/messenger-host call " + file +
               " messages.list PageSize=1 --allow-ranges 127.0.0.0/8 --http-ranges 127.0.0.0/8 | head -n 1"});
  BOOST_TEST(piped.status == 0);
  BOOST_TEST(lines(piped.out).size() == 1U);
  BOOST_TEST(has(piped.err, "OK  HTTP 200"));
}

BOOST_FIXTURE_TEST_CASE(outputs_that_cannot_be_written_are_an_error, Bench) {
  create(1);
  const auto full = run({"/bin/sh", "-c",
                         bin + "/messenger-host call " + file +
                             " messages.list --allow-ranges 127.0.0.0/8 --http-ranges 127.0.0.0/8 > /dev/full"});
  BOOST_TEST(full.status == 1);
  BOOST_TEST(has(full.err, "standard output: No space left on device"));
}

BOOST_FIXTURE_TEST_CASE(arguments_are_read_as_the_schema_has_them, Bench) {
  const auto sent = call({"messages.create", "To=+15551230001", "Body=007", "ValidityPeriod=300", "SmartEncoded=true",
                          "MediaUrl=https://example.com/1.png", "MediaUrl=https://example.com/2.png"});
  BOOST_TEST_REQUIRE(sent.status == 0, sent.err);
  const auto message = lines(sent.out).at(0);
  BOOST_TEST(message.at("body") == "007");
  BOOST_TEST(message.at("num_media") == "2");
  BOOST_TEST(call({"messages.create", "To=+15551230001", "To=+15551230002", "Body=x"}).status == 2);
  const auto wrong = call({"messages.create", "To=+15551230001", "Body=x", "ValidityPeriod=soon"});
  BOOST_TEST(wrong.status == 2);
  BOOST_TEST(has(wrong.err, "ValidityPeriod: expected a value of type integer"));
}

BOOST_FIXTURE_TEST_CASE(the_input_may_come_from_a_file_so_that_no_secret_stands_on_the_command_line, Bench) {
  const auto input = directory.write("input.json", R"({"To":"+15551230001","Body":"from a file"})");
  const auto sent = call({"messages.create", "--input", input, "ValidityPeriod=60"});
  BOOST_TEST_REQUIRE(sent.status == 0, sent.err);
  BOOST_TEST(lines(sent.out).at(0).at("body") == "from a file");
  const auto bad = call({"messages.create", "--input", directory.write("bad.json", "[]")});
  BOOST_TEST(bad.status == 2);
  BOOST_TEST(has(bad.err, "bad.json: expected a JSON object"));
  const auto twice = call({"messages.create", "--input", directory.write("twice.json", R"({"To":"+1","To":"+2"})")});
  BOOST_TEST(twice.status == 2);
  BOOST_TEST(has(twice.err, "twice.json: /To stands twice"));
}

BOOST_FIXTURE_TEST_CASE(every_outcome_has_its_exit_status, Bench) {
  const auto unknown = call({"messages.find"});
  BOOST_TEST(unknown.status == 2);
  BOOST_TEST(has(unknown.err, "The type Twilio has no operation messages.find"));
  const auto rejected = call({"messages.fetch", "MessageSid=SM1"});
  BOOST_TEST(rejected.status == 11);
  BOOST_TEST(has(rejected.err, "MessageSid"));
  const auto missing = call({"messages.delete", "MessageSid=SM0123456789abcdef0123456789abcdef"});
  BOOST_TEST(missing.status == 11);
  BOOST_TEST(has(missing.err, "HTTP 404  code 20404"));
  file = messenger("wrong");
  BOOST_TEST(call({"messages.list"}).status == 12);
}

BOOST_FIXTURE_TEST_CASE(validate_online_asks_the_provider, Bench) {
  BOOST_TEST(host({"validate", file, "--online"}).status == 0);
  const auto refused = host({"validate", messenger("wrong"), "--online"});
  BOOST_TEST(refused.status == 12);
  BOOST_TEST(has(refused.out, "CONFIG"));
  const auto none = host({"validate", messenger("", "Generic"), "--online"});
  BOOST_TEST(none.status == 2);
  BOOST_TEST(has(none.err, "The type Generic offers no check with its provider."));
}
