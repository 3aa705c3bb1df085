// SPDX-License-Identifier: Apache-2.0
// Operations over REST: the catalogue of a stored messenger, and running them against a provider.
#include <boost/test/unit_test.hpp>

#include "twilio_site.hpp"

using namespace messenger::test;

namespace {

const std::string one = std::string("/api/messenger/") + TwilioSite::id;
const std::string catalogue = one + "/operation";

struct Site : TwilioSite {
  json::object run(const std::string& operation, const json::object& input = {}, const json::value& limit = nullptr) {
    const json::object body{{"operation", json::object{{"input", input}, {"limit", limit}}}};
    const auto response = host.call("POST", catalogue + "/" + operation, json::serialize(body));
    BOOST_TEST_REQUIRE(response.status == 200U, response.body);
    return json::parse(response.body).as_object().at("operation").as_object();
  }
  void send(int count) {
    for (int i = 0; i != count; ++i) {
      run("messages.create", {{"To", "+15551230001"}, {"From", "+15005550006"}, {"Body", "canary-text"}});
    }
  }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(the_catalogue_is_that_of_the_messengers_type, Site) {
  const json::array operations = host.ok("GET", catalogue).at("operations").as_array();
  BOOST_TEST(operations.size() > 40U);
  const auto named = [&](std::string_view name) {
    for (const auto& operation : operations) {
      if (operation.at("name").as_string() == name) {
        return operation.as_object();
      }
    }
    throw std::runtime_error(std::string(name));
  };
  BOOST_TEST(named("messages.list").at("list").as_bool());
  BOOST_TEST(named("messages.list").at("safe").as_bool());
  BOOST_TEST(!named("messages.delete").at("safe").as_bool());
  BOOST_TEST(named("messages.create").at("inputSchema").at("properties").at("To").is_object());
  BOOST_TEST(host.call("GET", "/api/messenger/00000000-0000-0000-0000-000000000001/operation").status == 404U);
  BOOST_TEST(host.call("GET", catalogue, {}, {}, "bad").status == 401U);
}

BOOST_FIXTURE_TEST_CASE(an_operation_is_run_and_its_outputs_are_as_the_provider_gave_them, Site) {
  const json::object created =
      run("messages.create", {{"To", "+15551230001"}, {"From", "+15005550006"}, {"Body", "canary-text"}});
  BOOST_TEST(created.at("outcome") == "OK");
  BOOST_TEST(created.at("name") == "messages.create");
  BOOST_TEST(created.at("httpStatus") == 201);
  BOOST_TEST(!created.at("hasMore").as_bool());
  const json::object message = created.at("outputs").at(0).as_object();
  BOOST_TEST(message.at("sid") == created.at("providerId"));
  const json::object fetched = run("messages.fetch", {{"MessageSid", message.at("sid")}});
  BOOST_TEST(fetched.at("outputs").at(0).at("body") == "canary-text");
  BOOST_TEST(run("check").at("outcome") == "OK");
  BOOST_TEST(log.text().find("Operation messages.create: OK") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_list_ends_at_the_limit_and_says_that_there_is_more, Site) {
  send(5);
  const json::object part = run("messages.list", {{"PageSize", 2}}, 3);
  BOOST_TEST(part.at("outputs").as_array().size() == 3U);
  BOOST_TEST(part.at("hasMore").as_bool());
  const json::object all = run("messages.list", {{"PageSize", 2}});
  BOOST_TEST(all.at("outputs").as_array().size() == 5U);
  BOOST_TEST(!all.at("hasMore").as_bool());
}

BOOST_FIXTURE_TEST_CASE(what_the_provider_or_the_messenger_refuses_is_an_outcome, Site) {
  const json::object refused = run("messages.list", {{"PageSize", 0}});
  BOOST_TEST(refused.at("outcome") == "REJECTED");
  BOOST_TEST(refused.at("detail") == "The parameter PageSize must be an integer from 1 to 1000.");
  BOOST_TEST(refused.at("outputs").as_array().empty());
  const json::object missing = run("messages.fetch", {{"MessageSid", "SM0123456789abcdef0123456789abcdef"}});
  BOOST_TEST(missing.at("outcome") == "REJECTED");
  BOOST_TEST(missing.at("httpStatus") == 404);
  BOOST_TEST(missing.at("providerCode") == "20404");
}

BOOST_FIXTURE_TEST_CASE(a_bad_request_names_its_members, Site) {
  const std::string list = catalogue + "/messages.list";
  BOOST_TEST(host.refused("POST", list, R"({"operation":{"input":[],"limit":0,"x":1}})").find("operation.input") !=
             std::string::npos);
  BOOST_TEST(host.refused("POST", list, R"({"operation":{"limit":1001}})").find("operation.limit") !=
             std::string::npos);
  BOOST_TEST(host.refused("POST", list, R"({})").find("operation") != std::string::npos);
  BOOST_TEST(host.call("POST", catalogue + "/messages.find", R"({"operation":{}})").status == 404U);
  BOOST_TEST(host.call("POST", list, R"({"operation":{}})", "application/json", "bad").status == 401U);
}

BOOST_FIXTURE_TEST_CASE(a_type_without_operations_has_an_empty_catalogue, Site) {
  const std::string other = "/api/messenger/00000000-0000-0000-0000-000000000002";
  host.ok("POST", other,
          R"({"messenger":{"type":"Generic","name":"g","url":")" + simulator.url() +
              R"(/webhook","connectTimeout":1000,"readTimeout":1000}})");
  BOOST_TEST(host.ok("GET", other + "/operation").at("operations").as_array().empty());
  BOOST_TEST(host.call("POST", other + "/operation/check", R"({"operation":{}})").status == 404U);
}

BOOST_FIXTURE_TEST_CASE(the_documentation_names_every_operation, Site) {
  std::ifstream file(MESSENGER_SOURCE_DIR "/docs/twilio.md");
  std::stringstream text;
  text << file.rdbuf();
  const json::array operations = host.ok("GET", catalogue).at("operations").as_array();
  for (const auto& operation : operations) {
    const std::string name(operation.at("name").as_string());
    const auto last = name.rfind('.');
    const bool is_pooled = name.starts_with("services.") && last != name.find('.');
    const std::string shown = is_pooled ? name.substr(0, last) + ".…" : name;
    BOOST_TEST((text.str().find("`" + shown + "`") != std::string::npos), shown);
  }
}
