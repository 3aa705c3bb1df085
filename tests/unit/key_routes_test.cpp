// SPDX-License-Identifier: Apache-2.0
// FusionAuth's Key API for client certificates, through the router.
#include "api/key_routes.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include "api/router.hpp"
#include "certificate.hpp"
#include "database.hpp"
#include "tamper.hpp"

using namespace messenger::host;
using namespace messenger::test;
namespace json = boost::json;

namespace {

const std::string id = "2d5acca6-23d5-423f-ac7b-b70f50b54498";
const std::string messenger_id = "00000000-0000-0000-0000-000000000001";

// What a messenger that names this id is lent; "" = nothing.
std::string lent(const Certificates& certificates, const std::string& named) {
  std::string pem;
  const auto keep = [](void* ctx, const msgr_certificate* certificate) {
    static_cast<std::string*>(ctx)->assign(certificate->key.ptr, certificate->key.len);
  };
  certificates.table()->find(certificates.table(), {named.data(), named.size()}, keep, &pem);
  return pem;
}

struct Api : OpenStore {
  Certificate own{directory, "client", "DNS:client"};
  std::string certificate = contents(own.certificate_file), private_key = contents(own.key_file);
  Certificates certificates;
  ClientKeys keys{store, certificates};
  Log log{Log::Format::text, messenger::loader::LogLevel::error};
  Router router{[](const Request& request) { return request.authorization == "good"; }, log};

  Api() { router.add(key_routes(keys)); }

  Response call(const std::string& method, const std::string& target, const std::string& body = {}) {
    Request request;
    request.method = method;
    request.authorization = "good";
    request.content_type = body.empty() ? "" : "application/json";
    request.body = body;
    BOOST_TEST_REQUIRE(set_target(request, target));
    std::vector<Response> answers;
    router.handle(std::move(request), [&](Response response) { answers.push_back(std::move(response)); });
    BOOST_TEST_REQUIRE(answers.size() == 1U);
    for (const char* const part : {"PRIVATE KEY", "canary"}) {
      BOOST_TEST(!contains(answers[0].body, part), answers[0].body);
    }
    return answers[0];
  }

  json::object key(const std::string& name = "My key") const {
    return {{"name", name}, {"certificate", certificate}, {"privateKey", private_key}};
  }
  Response import(const json::object& sent, const std::string& path = {}) {
    return call("POST", "/api/key/import" + path, json::serialize(json::object{{"key", sent}}));
  }
  json::object imported(const json::object& sent, const std::string& path = {}) {
    const auto answer = import(sent, path);
    BOOST_TEST_REQUIRE(answer.status == 200U, answer.body);
    return json::parse(answer.body).at("key").as_object();
  }
  // The codes of the answer's errors.
  std::string codes(const Response& answer) {
    BOOST_TEST(answer.status == 400U, answer.body);
    std::string text;
    const auto errors = json::parse(answer.body).as_object();
    const json::object none;
    const auto* const fields = errors.if_contains("fieldErrors");
    for (const auto& field : fields == nullptr ? none : fields->as_object()) {
      for (const auto& error : field.value().as_array()) {
        text += (text.empty() ? "" : " ") + std::string(error.at("code").as_string());
      }
    }
    return text;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(an_imported_key_is_told_about_without_its_private_key, Api) {
  const auto shown = imported(key());
  BOOST_TEST(shown.at("name").as_string() == "My key");
  BOOST_TEST(shown.at("certificate").as_string() == certificate);
  BOOST_TEST(shown.at("hasPrivateKey").as_bool());
  BOOST_TEST(!shown.contains("privateKey"));
  BOOST_TEST(shown.at("type").as_string() == "EC");
  BOOST_TEST(shown.at("algorithm").as_string() == "ES256");
  BOOST_TEST(shown.at("length").as_int64() == 256);
  BOOST_TEST(shown.at("issuer").as_string() == "client");
  BOOST_TEST(shown.at("kid").as_string() == shown.at("certificateInformation").at("sha1Thumbprint").as_string());
  BOOST_TEST(shown.at("expirationInstant").as_int64() == shown.at("certificateInformation").at("validTo").as_int64());
  BOOST_TEST(shown.at("publicKey").as_string().starts_with("-----BEGIN PUBLIC KEY-----"));
  BOOST_TEST(shown.at("insertInstant").as_int64() > 0);
  const std::string found(shown.at("id").as_string());
  BOOST_TEST((json::parse(call("GET", "/api/key/" + found).body).at("key") == shown));
  BOOST_TEST((json::parse(call("GET", "/api/key").body).at("keys").at(0) == shown));
}

BOOST_FIXTURE_TEST_CASE(it_is_lent_to_messengers_at_once_and_after_a_restart, Api) {
  BOOST_TEST(imported(key(), "/" + id).at("id").as_string() == id);
  BOOST_TEST(lent(certificates, id) == certificate + private_key);
  Certificates again;
  const ClientKeys restarted(store, again);
  BOOST_TEST(lent(again, id) == certificate + private_key);
}

BOOST_FIXTURE_TEST_CASE(what_is_said_about_the_key_is_kept_where_it_is_so, Api) {
  auto sent = key();
  sent["kid"] = "mine";
  sent["type"] = "EC";
  sent["algorithm"] = "ES256";
  BOOST_TEST(imported(sent).at("kid").as_string() == "mine");
  sent["name"] = "Another";
  sent["type"] = "RSA";
  sent["algorithm"] = "ES384";
  BOOST_TEST(codes(import(sent)) == "[invalid]key.algorithm [invalid]key.type");
  const Certificate rsa(directory, "rsa", "DNS:rsa", 1, "RSA-2048");
  const json::object with_rsa{{"name", "rsa"},
                              {"certificate", contents(rsa.certificate_file)},
                              {"privateKey", contents(rsa.key_file)},
                              {"algorithm", "RS512"}};
  BOOST_TEST(imported(with_rsa).at("algorithm").as_string() == "RS512");
}

BOOST_FIXTURE_TEST_CASE(what_an_answer_shows_may_be_sent_back, Api) {
  auto shown = imported(key());
  shown["name"] = "A copy";
  shown["privateKey"] = private_key;
  BOOST_TEST(imported(shown).at("id").as_string() != shown.at("id").as_string());
}

BOOST_FIXTURE_TEST_CASE(all_problems_are_told_at_once, Api) {
  BOOST_TEST(codes(import({})) == "[blank]key.certificate [blank]key.name [blank]key.privateKey");
  BOOST_TEST(codes(import({{"name", ""}, {"certificate", ""}, {"privateKey", 1}})) ==
             "[blank]key.certificate [blank]key.name [invalidJSON]key.privateKey");
  BOOST_TEST(codes(import({{"certificate", "canary"}, {"privateKey", "canary"}, {"oops", 1}})) ==
             "[invalid]key.certificate [blank]key.name [invalid]key.oops [invalid]key.privateKey");
  BOOST_TEST(codes(call("POST", "/api/key/import", "{}")) == "[missing]key");
  BOOST_TEST(codes(call("POST", "/api/key/import", R"({"key":[]})")) == "[invalidJSON]key");
  BOOST_TEST(codes(call("POST", "/api/key/import", R"({"key":null})")) == "[missing]key");
  BOOST_TEST(contains(codes(call("POST", "/api/key/import", R"({"key":{},"bogus":1})")), "[invalid]bogus"));
  BOOST_TEST(call("POST", "/api/key/import", "{").status == 400U);
  BOOST_TEST(json::parse(call("GET", "/api/key").body).at("keys").as_array().empty());
}

BOOST_FIXTURE_TEST_CASE(an_encrypted_or_foreign_private_key_is_refused_and_nothing_is_kept, Api) {
  auto sent = key();
  sent["privateKey"] = encrypt_key(private_key, "canary");
  const auto answer = import(sent, "/" + id);
  BOOST_TEST(codes(answer) == "[invalid]key.privateKey");
  BOOST_TEST(contains(answer.body, "without a password"));
  BOOST_TEST(call("GET", "/api/key/" + id).status == 404U);
  BOOST_TEST(lent(certificates, id) == "");
}

BOOST_FIXTURE_TEST_CASE(names_and_ids_are_taken_once, Api) {
  imported(key(), "/" + id);
  BOOST_TEST(codes(import(key())) == "[duplicate]key.name");
  BOOST_TEST(codes(import(key(), "/" + id)) == "[duplicate]key.name [duplicate]keyId");
  BOOST_TEST(codes(import({{"name", "My key"}, {"certificate", "x"}, {"privateKey", "y"}})) ==
             "[invalid]key.certificate [duplicate]key.name [invalid]key.privateKey");
  BOOST_TEST(codes(call("POST", "/api/key/import/no-uuid", "{}")) == "[couldNotConvert]keyId");
}

BOOST_FIXTURE_TEST_CASE(only_client_certificates_are_kept, Api) {
  const auto hmac = import({{"name", "h"}, {"type", "HMAC"}, {"algorithm", "HS256"}, {"secret", "canary"}});
  BOOST_TEST(codes(hmac) == "[invalid]key.secret");
  BOOST_TEST(contains(hmac.body, "Only keys of client certificates"));
  for (const char* type : {"HMAC", "Secret", "SecretKeyValue"}) {
    BOOST_TEST(codes(import({{"name", "h"}, {"type", type}})) == "[invalid]key.type");
  }
}

BOOST_FIXTURE_TEST_CASE(a_deleted_key_is_gone_for_everybody, Api) {
  imported(key(), "/" + id);
  const auto deleted = call("DELETE", "/api/key/" + id);
  BOOST_TEST(deleted.status == 200U);
  BOOST_TEST(deleted.body == "");
  BOOST_TEST(lent(certificates, id) == "");
  for (const char* method : {"GET", "DELETE"}) {
    const auto answer = call(method, "/api/key/" + id);
    BOOST_TEST(answer.status == 404U);
    BOOST_TEST(answer.body == "");
  }
  imported(key(), "/" + id);
}

BOOST_FIXTURE_TEST_CASE(a_key_that_messengers_use_stays, Api) {
  imported(key(), "/" + id);
  put(Kind::messenger, {messenger_id, "{}", {}, {{Kind::key, id}}});
  const auto answer = call("DELETE", "/api/key/" + id);
  BOOST_TEST(codes(answer) == "[inUse]keyId");
  BOOST_TEST(contains(answer.body, "of 1 messenger."));
  put(Kind::messenger, {id, "{}", {}, {{Kind::key, id}}});
  BOOST_TEST(contains(call("DELETE", "/api/key/" + id).body, "of 2 messengers."));
  BOOST_TEST(lent(certificates, id) != "");
  for (const auto& user : {messenger_id, id}) {
    store.transact([&](Transaction& transaction) { transaction.documents.erase(Kind::messenger, user); });
  }
  BOOST_TEST(call("DELETE", "/api/key/" + id).status == 200U);
}

BOOST_FIXTURE_TEST_CASE(a_deletion_that_is_not_kept_changes_nothing, Api) {
  imported(key(), "/" + id);
  tamper(options(), "CREATE TRIGGER refuse BEFORE DELETE ON document BEGIN SELECT RAISE(ABORT, 'refused'); END");
  BOOST_TEST(call("DELETE", "/api/key/" + id).status == 500U);
  BOOST_TEST(lent(certificates, id) == certificate + private_key);
  BOOST_TEST(call("GET", "/api/key/" + id).status == 200U);
}

BOOST_FIXTURE_TEST_CASE(the_private_key_is_sealed_on_the_disk, Api) {
  imported(key());
  for (const auto& entry : std::filesystem::directory_iterator(directory.path(""))) {
    if (entry.path().string().starts_with(file)) {
      BOOST_TEST(!contains(contents(entry.path()), "PRIVATE KEY"), entry.path());
      BOOST_TEST(!contains(contents(entry.path()), private_key.substr(30, 40)), entry.path());
    }
  }
}
