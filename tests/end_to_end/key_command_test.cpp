// SPDX-License-Identifier: Apache-2.0
// `messenger-host key` as an operator meets it, beside a host that has the database open.
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include "api/api_keys.hpp"
#include "database.hpp"
#include "process.hpp"

namespace json = boost::json;
using namespace messenger::host;
using namespace messenger::test;

namespace {

struct Operator : Database {
  Finished key(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {std::string(MESSENGER_BIN_DIR) + "/messenger-host", "key"});
    arguments.insert(arguments.end(), {"--database", "sqlite:" + file});
    return run(arguments);
  }
  std::string created(std::vector<std::string> arguments = {}) const {
    arguments.insert(arguments.begin(), "create");
    const auto finished = key(arguments);
    BOOST_TEST_REQUIRE(finished.status == 0, finished.err);
    BOOST_TEST_REQUIRE(finished.out.ends_with('\n'));
    return finished.out.substr(0, finished.out.size() - 1);
  }
};

bool lets_in(ApiKeys& keys, const std::string& key, const std::string& method = "GET") {
  Request request;
  request.method = method;
  request.authorization = key;
  set_target(request, "/api/messenger");
  return keys.authorize(request);
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_created_key_stands_alone_on_standard_output_and_lets_in_at_once, Operator) {
  Store store(options());
  ApiKeys keys(store);
  const auto key = created({"--name", "mine"});
  BOOST_TEST(key.size() == 43U);
  BOOST_TEST(lets_in(keys, key));
}

BOOST_FIXTURE_TEST_CASE(a_revoked_key_lets_in_nobody_at_once, Operator) {
  Store store(options());
  ApiKeys keys(store);
  const auto key = created();
  BOOST_TEST_REQUIRE(lets_in(keys, key));
  const auto id = keys.list().at(0).id;
  BOOST_TEST(this->key({"revoke", id}).status == 0);
  BOOST_TEST(!lets_in(keys, key));
}

BOOST_FIXTURE_TEST_CASE(limits_hold, Operator) {
  const auto reader = created({"--allow", "GET /api/messenger", "--allow", "DELETE /api/key"});
  const auto writer = created({"--allow", "GET,POST /api/messenger"});
  Store store(options());
  ApiKeys keys(store);
  BOOST_TEST(lets_in(keys, reader));
  BOOST_TEST(!lets_in(keys, reader, "POST"));
  BOOST_TEST(!lets_in(keys, reader, "DELETE"));
  BOOST_TEST(lets_in(keys, writer, "POST"));
}

BOOST_FIXTURE_TEST_CASE(the_list_tells_keys_apart_and_shows_none, Operator) {
  const auto key = created({"--name", "mine", "--allow", "GET /api/messenger"});
  const auto text = this->key({"list"});
  BOOST_TEST(text.status == 0);
  for (const auto& part : {std::string("mine"), "…" + key.substr(39), std::string("GET /api/messenger")}) {
    BOOST_TEST(contains(text.out, part), text.out);
  }
  BOOST_TEST(!contains(text.out, key));
  const auto listed = this->key({"list", "--json"});
  BOOST_TEST(!contains(listed.out, key));
  const auto shown = json::parse(listed.out).at("keys").as_array();
  BOOST_TEST_REQUIRE(shown.size() == 1U);
  BOOST_TEST(shown[0].at("name").as_string() == "mine");
  BOOST_TEST(shown[0].at("lastCharacters").as_string() == key.substr(39));
  BOOST_TEST(shown[0].at("permissions").at("endpoints").at("/api/messenger").at(0).as_string() == "GET");
}

BOOST_FIXTURE_TEST_CASE(programs_get_json, Operator) {
  const auto made = json::parse(key({"create", "--json", "--name", "p"}).out);
  BOOST_TEST(made.at("key").as_string().size() == 43U);
  const std::string id(made.at("id").as_string());
  const auto revoked = key({"revoke", id, "--json"});
  BOOST_TEST(json::parse(revoked.out).at("revoked").as_string() == id);
  const auto again = key({"revoke", id, "--json"});
  BOOST_TEST(again.status == 2);
  BOOST_TEST(contains(again.out, id));
  BOOST_TEST(json::parse(key({"list", "--json"}).out).at("keys").as_array().empty());
}

BOOST_FIXTURE_TEST_CASE(what_is_wrong_is_said_with_status_2, Operator) {
  const auto says = [](const Finished& finished, const std::string& part) {
    BOOST_TEST(finished.status == 2);
    BOOST_TEST(contains(finished.err, part), finished.err);
    BOOST_TEST(finished.out == "");
  };
  says(key({"create", "--allow", "/api"}), "GET,POST /api/messenger");
  says(key({"create", "--allow", "FETCH /api"}), "[FETCH]");
  says(key({"create", "--allow", "GET api"}), "api");
  says(key({}), "subcommand");
  says(key({"revoke", "no-such"}), "no-such");
  says(run({std::string(MESSENGER_BIN_DIR) + "/messenger-host", "key", "list"}), "--database");
  says(run({std::string(MESSENGER_BIN_DIR) + "/messenger-host", "key", "list", "--database", "mysql:x"}),
       "sqlite:FILE");
  created();
  std::filesystem::remove(key_file);
  says(key({"list"}), key_file + " is missing");
}

BOOST_FIXTURE_TEST_CASE(the_key_file_can_lie_elsewhere, Operator) {
  created({"--key-file", directory.path("elsewhere")});
  BOOST_TEST(!std::filesystem::exists(key_file));
  BOOST_TEST(key({"list", "--key-file", directory.path("elsewhere")}).status == 0);
  BOOST_TEST(key({"list"}).status == 2);
}
