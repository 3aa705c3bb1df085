// SPDX-License-Identifier: Apache-2.0
// Who gets in with an API key, and where.
#include "api/api_keys.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <stdexcept>

#include "api/router.hpp"
#include "database.hpp"

using namespace messenger::host;
using namespace messenger::test;

namespace {

const std::string given = "canary-given-key-0123";

struct Keys : OpenStore {
  ApiKeys keys{store};

  bool lets_in(const std::string& authorization, const std::string& method = "GET",
               const std::string& target = "/api/messenger") {
    Request request;
    request.method = method;
    request.authorization = authorization;
    BOOST_TEST_REQUIRE(set_target(request, target), target);
    return keys.authorize(request);
  }
};

// What it throws says.
template <class Work>
std::string invalid(Work work) {
  try {
    work();
  } catch (const std::invalid_argument& error) {
    BOOST_TEST(!contains(error.what(), "canary"));
    return error.what();
  }
  return {};
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_key_lets_in_as_it_is_and_in_no_other_form, Keys) {
  const auto key = keys.create({"a"}).text;
  BOOST_TEST(lets_in(key));
  for (const auto& other : {std::string(), "Bearer " + key, "bearer " + key, " " + key, key + " ", key + "x",
                            key.substr(1), std::string("guess")}) {
    BOOST_TEST(!lets_in(other), other);
  }
}

BOOST_FIXTURE_TEST_CASE(a_random_key_has_256_bits_and_is_no_other, Keys) {
  const auto first = keys.create({"a"}).text;
  BOOST_TEST(first.size() == 43U);  // base64url of 32 bytes
  BOOST_TEST(keys.create({"a"}).text != first);
}

BOOST_FIXTURE_TEST_CASE(the_key_itself_is_kept_nowhere, Keys) {
  const auto created = keys.create({"canary-name", {{"/api/key", {"GET"}}}, given});
  BOOST_TEST(created.text == given);
  const auto listed = keys.list();
  BOOST_TEST_REQUIRE(listed.size() == 1U);
  BOOST_TEST(listed[0].id == created.kept.id);
  BOOST_TEST(listed[0].name == "canary-name");
  BOOST_TEST(listed[0].last_characters == "0123");
  BOOST_TEST(listed[0].insert_instant > 0);
  BOOST_TEST((listed[0].endpoints == Endpoints{{"/api/key", {"GET"}}}));
  const auto body =
      store.with([](Transaction& transaction) { return transaction.documents.list(Kind::api_key); }).at(0).body;
  BOOST_TEST(!contains(body, given.substr(0, given.size() - 4)));
  for (const auto& entry : std::filesystem::directory_iterator(directory.path(""))) {
    BOOST_TEST(!contains(contents(entry.path()), "canary"));
  }
}

BOOST_FIXTURE_TEST_CASE(a_revoked_key_lets_nobody_in, Keys) {
  const auto created = keys.create({"a"});
  const auto other = keys.create({"b"}).text;
  BOOST_TEST(keys.revoke(created.kept.id));
  BOOST_TEST(!keys.revoke(created.kept.id));
  BOOST_TEST(!lets_in(created.text));
  BOOST_TEST(lets_in(other));
  BOOST_TEST(keys.list().size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_limited_key_lets_in_by_method_and_whole_segments, Keys) {
  const auto key = keys.create({"a", {{"/api/messenger", {"GET", "POST"}}, {"/api/key/", {"DELETE"}}}}).text;
  BOOST_TEST(lets_in(key, "GET", "/api/messenger"));
  BOOST_TEST(lets_in(key, "POST", "/api/messenger?x=/api/key"));
  BOOST_TEST(lets_in(key, "GET", "/api/messenger/x/test"));
  BOOST_TEST(lets_in(key, "GET", "/api/%6Dessenger"));
  BOOST_TEST(lets_in(key, "DELETE", "/api/key"));
  BOOST_TEST(lets_in(key, "DELETE", "/api/key/x"));
  BOOST_TEST(!lets_in(key, "DELETE", "/api/messenger"));
  BOOST_TEST(!lets_in(key, "get", "/api/messenger"));
  BOOST_TEST(!lets_in(key, "GET", "/api/messengers"));
  BOOST_TEST(!lets_in(key, "GET", "/api/message"));
  BOOST_TEST(!lets_in(key, "GET", "/api"));
  BOOST_TEST(!lets_in(key, "GET", "/"));
  BOOST_TEST(!lets_in(key, "GET", "/api%2Fmessenger"));
  BOOST_TEST(!lets_in(key, "GET", "//api/messenger"));
  BOOST_TEST(!lets_in(key, "GET", "/api/key"));
}

BOOST_FIXTURE_TEST_CASE(the_root_stands_for_every_path, Keys) {
  const auto reader = keys.create({"a", {{"/", {"GET"}}}}).text;
  BOOST_TEST(lets_in(reader, "GET", "/api/key/x"));
  BOOST_TEST(!lets_in(reader, "POST", "/api/key/import"));
}

BOOST_FIXTURE_TEST_CASE(what_is_no_key_or_no_endpoint_is_refused, Keys) {
  BOOST_TEST(contains(invalid([&] { keys.create({"a", {}, "canary-15-chars"}); }), "at least 16"));
  BOOST_TEST(contains(invalid([&] { keys.create({"a", {}, "canary with blanks in it"}); }), "visible"));
  BOOST_TEST(contains(invalid([&] { keys.create({"a", {}, "canary-\xc3\xa9-0123456789"}); }), "visible"));
  keys.create({"a", {}, given});
  BOOST_TEST(contains(invalid([&] { keys.create({"b", {}, given}); }), "kept already"));
  BOOST_TEST(contains(invalid([&] { keys.create({"a", {{"api/key", {"GET"}}}}); }), "api/key"));
  BOOST_TEST(contains(invalid([&] { keys.create({"a", {{"/api?x", {"GET"}}}}); }), "/api?x"));
  BOOST_TEST(contains(invalid([&] { keys.create({"a", {{"/api", {"FETCH"}}}}); }), "[FETCH]"));
  BOOST_TEST(contains(invalid([&] { keys.create({"a", {{"/api", {}}}}); }), "no methods"));
  BOOST_TEST(keys.list().size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_given_key_is_kept_once_over_all_starts, Keys) {
  BOOST_TEST(keys.bootstrap(given + "\n").made.empty());
  BOOST_TEST(keys.bootstrap(given).made.empty());
  BOOST_TEST(keys.list().size() == 1U);
  BOOST_TEST(lets_in(given));
  BOOST_TEST(contains(invalid([&] { keys.bootstrap("canary"); }), "at least 16"));
  BOOST_TEST(contains(invalid([&] { keys.bootstrap("\n"); }), "at least 16"));
  BOOST_TEST(keys.bootstrap("another-key-of-the-operator").made.empty());
  BOOST_TEST(lets_in(given));
  BOOST_TEST(lets_in("another-key-of-the-operator"));
}

BOOST_FIXTURE_TEST_CASE(without_any_key_one_is_made_and_shown_once, Keys) {
  const auto made = keys.bootstrap({}).made;
  BOOST_TEST_REQUIRE(!made.empty());
  BOOST_TEST(lets_in(made));
  BOOST_TEST(keys.bootstrap({}).made.empty());
  BOOST_TEST(keys.list().size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_revoked_key_is_never_good_again, Keys) {
  keys.bootstrap(given);
  BOOST_TEST(keys.revoke(keys.list().front().id));
  BOOST_TEST(keys.list().empty());
  const auto again = keys.bootstrap(given);
  BOOST_TEST(again.revoked);
  BOOST_TEST(!lets_in(given));
  BOOST_TEST(contains(invalid([&] { keys.create({"again", {}, given}); }), "revoked"));
  BOOST_TEST(!keys.bootstrap({}).made.empty());
}

BOOST_FIXTURE_TEST_CASE(the_router_asks_the_keys, Keys) {
  const Log log(Log::Format::text, messenger::loader::LogLevel::error);
  Router router([this](const Request& request) { return keys.authorize(request); }, log);
  router.add({{"GET", "/api/thing", Access::api_key, {}, [](const Request&, const Reply& reply) { reply({}); }}});
  const auto status = [&](const std::string& authorization) {
    Request request;
    request.method = "GET";
    request.authorization = authorization;
    set_target(request, "/api/thing");
    unsigned answer = 0;
    router.handle(request, [&](const Response& response) { answer = response.status; });
    return answer;
  };
  const auto key = keys.create({"a", {{"/api/thing", {"GET"}}}}).text;
  BOOST_TEST(status(key) == 200U);
  BOOST_TEST(status("") == 401U);
  BOOST_TEST(status(keys.create({"b", {{"/api/other", {"GET"}}}}).text) == 401U);
}
