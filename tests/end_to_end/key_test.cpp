// SPDX-License-Identifier: Apache-2.0
// Keys of a running host: a client certificate from its import to the provider that asks for it, and an API key.
#include <signal.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include "api_client.hpp"
#include "database.hpp"
#include "process.hpp"
#include "simulator/simulator.hpp"

using namespace messenger::test;
using messenger::simulator::Simulator;
namespace json = boost::json;

namespace {

const std::string program = std::string(MESSENGER_BIN_DIR) + "/messenger-host";
const std::string api_key = "the-operators-own-api-key";

/// `messenger-host serve` on loopback.
class Host {
 public:
  Host(const Database& database, const std::string& ca_file)
      : process_({program, "serve", "--listen", "127.0.0.1:0", "--database", "sqlite:" + database.file, "--ca-file",
                  ca_file, "--allow-ranges", "127.0.0.0/8"},
                 {"MESSENGER_HOST_API_KEY=" + api_key}) {
    const auto line = process_.read_line();
    url_ = line.substr(line.rfind(' ') + 1);
    client_.emplace(url_, api_key);
  }

  ApiAnswer call(const std::string& method, const std::string& target, const std::string& body = {}) {
    auto answer = client_->call(method, target, body);
    BOOST_TEST(!contains(answer.body, "PRIVATE KEY"));
    return answer;
  }
  json::object good(const std::string& method, const std::string& target, const json::object& body = {}) {
    const auto answer = call(method, target, body.empty() ? "" : json::serialize(body));
    BOOST_TEST_REQUIRE(answer.status == 200U, method << ' ' << target << ": " << answer.status << answer.body);
    return answer.body.empty() ? json::object() : answer.json();
  }
  /// Waits until it has stopped.
  void stop() {
    client_.reset();
    process_.signal(SIGTERM);
    const auto finished = process_.wait();
    BOOST_TEST(finished.status == 0);
    BOOST_TEST(!contains(finished.out + finished.err, "PRIVATE KEY"));
    BOOST_TEST(!contains(finished.out + finished.err, api_key));
  }
  const std::string& url() const { return url_; }

 private:
  Process process_;
  std::string url_;
  std::optional<ApiClient> client_;
};

std::string text(const json::object& answer, const char* member, const char* inner) {
  return std::string(answer.at(member).at(inner).as_string());
}

/// A host, and a TLS provider that serves only who shows the certificate "client".
struct Stage : Database {
  Certificate server{directory, "server", "IP:127.0.0.1"}, client{directory, "client", "DNS:client"};
  std::optional<Simulator> provider;
  std::optional<Host> host;
  std::string messenger, tenant;

  Stage() {
    messenger::simulator::Options options;
    options.certificate_file = server.certificate_file;
    options.key_file = server.key_file;
    options.client_ca_file = client.certificate_file;
    provider.emplace(options);
    provider->start();
    host.emplace(*this, server.certificate_file);
  }

  std::string import_key() {
    return text(host->good("POST", "/api/key/import",
                           {{"key", json::object{{"name", "client"},
                                                 {"certificate", contents(client.certificate_file)},
                                                 {"privateKey", contents(client.key_file)}}}}),
                "key", "id");
  }
  json::object messenger_with(const std::string& key) const {
    return {{"messenger", json::object{{"type", "Generic"},
                                       {"name", "Webhook"},
                                       {"url", provider->url() + "/webhook"},
                                       {"connectTimeout", 5'000},
                                       {"readTimeout", 5'000},
                                       {"sslCertificateId", key}}}};
  }
  void set_sms(const json::value& messenger_id, const json::value& template_id) {
    host->good("PATCH", "/api/tenant/" + tenant,
               {{"tenant", json::object{{"multiFactorConfiguration",
                                         json::object{{"sms", json::object{{"enabled", !messenger_id.is_null()},
                                                                           {"messengerId", messenger_id},
                                                                           {"templateId", template_id}}}}}}}});
  }
  // A user who gets codes through this messenger.
  void make_user(const std::string& key) {
    messenger = text(host->good("POST", "/api/messenger", messenger_with(key)), "messenger", "id");
    const auto template_id = text(
        host->good("POST", "/api/message/template",
                   {{"messageTemplate",
                     json::object{{"name", "code"}, {"type", "SMS"}, {"defaultTemplate", "Your code is ${code}"}}}}),
        "messageTemplate", "id");
    tenant = std::string(host->good("GET", "/api/tenant").at("tenants").at(0).at("id").as_string());
    set_sms(json::string(messenger), json::string(template_id));
    const json::object method{{"method", "sms"}, {"mobilePhone", "+15551230001"}};
    host->good("POST", "/api/user",
               {{"user", json::object{{"email", "jo@example.com"},
                                      {"twoFactor", json::object{{"methods", json::array{method}}}}}}});
  }
  void send_code() {
    const auto started = host->good("POST", "/api/two-factor/start", {{"loginId", "jo@example.com"}});
    host->good("POST", "/api/two-factor/send/" + std::string(started.at("twoFactorId").as_string()),
               {{"methodId", started.at("methods").at(0).at("id")}});
  }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_code_goes_to_a_provider_that_asks_for_the_imported_certificate, Stage) {
  make_user(import_key());
  send_code();
  const auto requests = provider->requests();
  BOOST_TEST_REQUIRE(requests.size() == 1U);
  BOOST_TEST(requests.at(0).at("clientCertificate").as_string() == "client");
  host->stop();
}

BOOST_FIXTURE_TEST_CASE(after_a_restart_the_certificate_is_shown_again, Stage) {
  make_user(import_key());
  host->stop();
  host.emplace(*this, server.certificate_file);
  send_code();
  BOOST_TEST(provider->requests().at(0).at("clientCertificate").as_string() == "client");
  host->stop();
}

BOOST_FIXTURE_TEST_CASE(a_key_stays_as_long_as_a_messenger_uses_it, Stage) {
  const auto key = import_key();
  make_user(key);
  const auto refused = host->call("DELETE", "/api/key/" + key);
  BOOST_TEST(refused.status == 400U);
  BOOST_TEST(contains(refused.body, "[inUse]keyId"));
  BOOST_TEST(contains(refused.body, "1 messenger"));
  send_code();
  set_sms(nullptr, nullptr);
  host->good("DELETE", "/api/messenger/" + messenger);
  host->good("DELETE", "/api/key/" + key);
  const auto unknown = host->call("POST", "/api/messenger", json::serialize(messenger_with(key)));
  BOOST_TEST(unknown.status == 400U);
  BOOST_TEST(contains(unknown.body, "[invalid]messenger.sslCertificate"));
  host->stop();
}

BOOST_FIXTURE_TEST_CASE(a_given_api_key_lets_in_and_revoked_ones_do_not_from_now_on, Stage) {
  const auto created = json::parse(
      run({program, "key", "create", "--json", "--database", "sqlite:" + file, "--allow", "GET /api/key"}).out);
  ApiClient other(host->url(), std::string(created.at("key").as_string()));
  BOOST_TEST(other.get("/api/key").status == 200U);
  BOOST_TEST(other.get("/api/messenger").status == 401U);
  const auto revoked =
      run({program, "key", "revoke", std::string(created.at("id").as_string()), "--database", "sqlite:" + file});
  BOOST_TEST(revoked.status == 0);
  const auto answer = other.get("/api/key");
  BOOST_TEST(answer.status == 401U);
  BOOST_TEST(answer.body == "");
  BOOST_TEST(host->call("GET", "/api/key").status == 200U);
  host->stop();
}
