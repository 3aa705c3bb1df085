// SPDX-License-Identifier: Apache-2.0
// messenger-host and provider-simulator as an operator meets them: two programs, files, exit statuses.
#include <signal.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include "certificate.hpp"
#include "process.hpp"
#include "raw_server.hpp"

namespace json = boost::json;
using namespace messenger::test;

namespace {

const std::string bin = MESSENGER_BIN_DIR;
constexpr const char* account = "AC0123456789abcdef0123456789abcdef";
constexpr std::array<std::string_view, 3> canaries{"canary-token", "canary-password", "canary-code"};

Finished host(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), bin + "/messenger-host");
  auto finished = run(arguments);
  for (const std::string_view canary : canaries) {
    BOOST_TEST(finished.out.find(canary) == std::string::npos);
    BOOST_TEST(finished.err.find(canary) == std::string::npos);
  }
  return finished;
}

json::value host_json(std::vector<std::string> arguments, int status) {
  arguments.emplace_back("--json");
  const auto finished = host(std::move(arguments));
  BOOST_TEST(finished.status == status, finished.out + finished.err);
  BOOST_TEST_REQUIRE(!finished.out.empty());
  BOOST_TEST(finished.out.find('\n') == finished.out.size() - 1);
  return json::parse(finished.out);
}

std::string data(const std::string& name) {
  return std::string(MESSENGER_TEST_DATA) + "/" + name;
}

std::string twilio(const std::string& url, const std::string& from = "+15005550006") {
  return json::serialize(json::object{{"messenger", json::object{{"type", "Twilio"},
                                                                 {"name", "t"},
                                                                 {"url", url},
                                                                 {"accountSID", account},
                                                                 {"authToken", "canary-token"},
                                                                 {"fromPhoneNumber", from}}}});
}

std::string generic(const std::string& url) {
  return json::serialize(json::object{{"messenger", json::object{{"type", "Generic"},
                                                                 {"name", "g"},
                                                                 {"url", url},
                                                                 {"connectTimeout", 60'000},
                                                                 {"readTimeout", 60'000},
                                                                 {"httpAuthenticationUsername", "u"},
                                                                 {"httpAuthenticationPassword", "canary-password"}}}});
}

// The provider, and one messenger file at a time.
struct Bench {
  TemporaryDirectory directory;
  Process simulator{{bin + "/provider-simulator"}};
  std::string url = simulator.read_line();

  std::string to = "+15551230001";

  json::value send(const std::string& messenger, int status, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"send",   "--messenger", directory.write("m.json", messenger), "--to", to,
                                       "--text", "canary-code"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return host_json(arguments, status);
  }
  std::string outcome(const std::string& messenger, int status, std::vector<std::string> more = {}) {
    return std::string(send(messenger, status, std::move(more)).at("outcome").as_string());
  }
  std::string faulty(const std::string& fault) const { return generic(url + "/webhook?fault=" + fault); }
};

}  // namespace

BOOST_AUTO_TEST_CASE(plugins_lists_both_messengers_from_beside_the_program) {
  const auto listed = host_json({"plugins"}, 0);
  BOOST_TEST_REQUIRE(listed.at("types").as_array().size() == 2U);
  BOOST_TEST(listed.at("types").at(0).at("type").as_string() == "Generic");
  BOOST_TEST(listed.at("types").at(1).at("type").as_string() == "Twilio");
  const auto text = host({"plugins"});
  BOOST_TEST(text.status == 0);
  BOOST_TEST(text.out.find("messenger_twilio.so") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_candidate_that_is_no_plugin_is_listed_with_path_and_reason) {
  const TemporaryDirectory directory;
  const auto path = directory.write("broken.so", "not a library");
  const auto listed = host_json({"plugins", "--plugin-dir", directory.path("")}, 0);
  const auto& first = listed.at("plugins").at(0);
  BOOST_TEST(first.at("loaded").as_bool() == false);
  BOOST_TEST(first.at("path").as_string() == path);
  BOOST_TEST(!first.at("reason").as_string().empty());
}

BOOST_AUTO_TEST_CASE(schema_is_that_of_a_whole_messenger) {
  const auto schema = host_json({"schema", "Twilio"}, 0);
  const auto& properties = schema.at("properties").as_object();
  for (const char* name : {"name", "type", "data", "accountSID", "authToken", "url"}) {
    BOOST_TEST(properties.contains(name), name);
  }
  BOOST_TEST(properties.at("authToken").at("writeOnly").as_bool());
  BOOST_TEST(properties.at("type").at("const").as_string() == "Twilio");
  BOOST_TEST(host({"schema", "Twilio"}).status == 0);
  const auto unknown = host({"schema", "Pigeon"});
  BOOST_TEST(unknown.status == 3);
  BOOST_TEST(unknown.err.find("[Generic, Twilio], but found [Pigeon]") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_example_of_the_seeds_validates) {
  for (const char* name : {"seed_000_twilio_request.json", "seed_000_twilio_response.json",
                           "seed_001_generic_request.json", "seed_001_generic_response.json"}) {
    BOOST_TEST(host_json({"validate", data(name)}, 0).at("valid").as_bool(), name);
    BOOST_TEST(host({"validate", data(name)}).status == 0);
  }
}

BOOST_AUTO_TEST_CASE(validate_lists_every_problem_at_once) {
  const TemporaryDirectory directory;
  const auto file = directory.write(
      "bad.json", R"({"messenger":{"type":"Generic","debug":"yes","url":"nowhere","connectTimeout":0,"hedaers":{}}})");
  const auto answer = host_json({"validate", file}, 2);
  std::vector<std::string> found;
  for (const auto& problem : answer.at("problems").as_array()) {
    found.push_back(std::string(problem.at("field").as_string()) + " " + std::string(problem.at("code").as_string()));
  }
  for (const char* expected :
       {"messenger.name blank", "messenger.debug invalidJSON", "messenger.url invalid",
        "messenger.connectTimeout invalid", "messenger.readTimeout missing", "messenger.hedaers unknown"}) {
    BOOST_TEST((std::find(found.begin(), found.end(), expected) != found.end()), expected);
  }
  BOOST_TEST(found.size() == 6U);
  BOOST_TEST(host({"validate", file}).err.find("messenger.readTimeout") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(bad_files_and_bad_usage_are_status_2_and_say_what_is_wrong) {
  const TemporaryDirectory directory;
  const auto says = [](const Finished& finished, const std::string& part) {
    BOOST_TEST(finished.status == 2);
    BOOST_TEST(finished.err.find(part) != std::string::npos, finished.err);
  };
  says(host({"validate", directory.path("absent.json")}), "absent.json: No such file");
  says(host({"validate", directory.path("")}), "directory");
  says(host({"validate", directory.write("a.json", "{\n  \"messenger\": {,}}")}), "line 2, column 17");
  says(host({"validate", directory.write("b.json", "[]")}), "messenger");
  says(host({"validate", directory.write("c.json", R"({"messenger":{"type":"Twilio"}})")}), "accountSID");
  says(host({}), "subcommand");
  says(host({"send", "--to", "+1"}), "--messenger");
  says(host({"send", "--messenger", "x", "--to", "+1", "--text", "t", "--timeout", "0"}), "--timeout");
  says(host({"send", "--messenger", "x", "--to", "+1", "--text", "t", "--attribute", "novalue"}), "name=value");
  says(host({"frobnicate"}), "frobnicate");
}

BOOST_AUTO_TEST_CASE(no_plugin_for_a_type_is_status_3) {
  const TemporaryDirectory directory;
  const auto file = directory.write("p.json", R"({"messenger":{"type":"Pigeon","name":"p"}})");
  BOOST_TEST(host_json({"validate", file}, 3).at("knownTypes").as_array().size() == 2U);
  BOOST_TEST(host({"send", "--messenger", file, "--to", "+1", "--text", "t"}).status == 3);
}

BOOST_AUTO_TEST_CASE(a_message_through_each_messenger) {
  Bench bench;
  const auto sent = bench.send(twilio(bench.url), 0, {"--lifetime", "300", "--attribute", "SmartEncoded=true"});
  BOOST_TEST(sent.at("outcome").as_string() == "OK");
  BOOST_TEST(sent.at("httpStatus").as_int64() == 201);
  BOOST_TEST(std::string(sent.at("providerId").as_string()).starts_with("SM"));
  for (const char* name : {"providerCode", "detail", "retryAfterMs", "elapsedMs"}) {
    BOOST_TEST(sent.as_object().contains(name), name);
  }
  BOOST_TEST(bench.outcome(generic(bench.url + "/webhook"), 0, {"--attribute", "code=canary-code"}) == "OK");
}

BOOST_AUTO_TEST_CASE(the_documentations_messengers_are_served_like_ours) {
  Bench bench;
  const std::string examples = bin + "/../examples";
  for (const char* type : {"Minimal", "MinimalC"}) {
    const auto messenger = json::serialize(
        json::object{{"messenger", json::object{{"type", type}, {"name", "m"}, {"url", bench.url + "/webhook"}}}});
    BOOST_TEST(bench.outcome(messenger, 0, {"--plugin-dir", examples}) == "OK");
    BOOST_TEST(host_json({"schema", type, "--plugin-dir", examples}, 0).at("properties").as_object().contains("url"));
  }
  const auto embedded =
      run({bin + "/embed", examples, "Minimal", R"({"url":")" + bench.url + R"(/webhook"})", "1", "t"});
  BOOST_TEST(embedded.status == 0);
  BOOST_TEST(embedded.out.starts_with("OK"));
}

BOOST_AUTO_TEST_CASE(each_outcome_has_its_exit_status) {
  Bench bench;
  BOOST_TEST(bench.outcome(generic("http://127.0.0.1:" + std::to_string(closed_port())), 10) == "RETRY");
  bench.to = "+15005550001";
  BOOST_TEST(bench.outcome(twilio(bench.url), 11) == "REJECTED");
  bench.to = "+15551230001";
  BOOST_TEST(bench.outcome(twilio(bench.url, "+15005550001"), 12) == "CONFIG");
  BOOST_TEST(bench.outcome(bench.faulty("%7B%22reset%22%3A%22after%22%7D"), 13) == "UNKNOWN");
  BOOST_TEST(bench.outcome(bench.faulty("%7B%22silence%22%3Atrue%7D"), 13, {"--timeout", "1"}) == "UNKNOWN");
  RawServer stalled([](Connection& connection) { connection.read_request(); });
  const std::string handshake = "https://127.0.0.1:" + std::to_string(stalled.port());
  BOOST_TEST(bench.outcome(generic(handshake), 15, {"--timeout", "1"}) == "DEADLINE");
}

BOOST_AUTO_TEST_CASE(an_interrupt_cancels_and_the_outcome_tells_whether_in_time) {
  const TemporaryDirectory directory;
  RawServer silent([](Connection& connection) {
    while (!connection.read_request().empty()) {
    }
  });
  const auto interrupted = [&](const std::string& url, auto&& ready) {
    Process sender({bin + "/messenger-host", "send", "--messenger", directory.write("g.json", generic(url)), "--to",
                    "1", "--text", "t", "--json"});
    while (!ready()) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    sender.signal(SIGINT);
    return sender.wait().status;
  };
  BOOST_TEST(interrupted("https://127.0.0.1:" + std::to_string(silent.port()),
                         [&] { return silent.connections() == 1; }) == 14);
  BOOST_TEST(interrupted(silent.url(), [&] { return silent.requests().size() == 1; }) == 13);
}
