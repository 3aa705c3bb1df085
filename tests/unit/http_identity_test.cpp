// SPDX-License-Identifier: Apache-2.0
// Client certificates and private roots, each of an endpoint of its own.
#include <atomic>
#include <boost/json/value.hpp>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <set>
#include <thread>

#include "certificate.hpp"
#include "http_client.hpp"
#include "raw_server.hpp"
#include "simulator/simulator.hpp"
#include "tls_server.hpp"

using namespace messenger::test;
using messenger::simulator::Simulator;

namespace {

/// A TLS server that serves alice and bob.
struct Stage {
  Stage()
      : server(directory, "server", "IP:127.0.0.1"),
        alice(directory, "alice", "DNS:alice"),
        bob(directory, "bob", "DNS:bob"),
        mallory(directory, "mallory", "DNS:mallory") {
    messenger::simulator::Options options;
    options.certificate_file = server.certificate_file;
    options.key_file = server.key_file;
    options.client_ca_file =
        directory.write("clients.pem", contents(alice.certificate_file) + contents(bob.certificate_file));
    provider.emplace(options);
    provider->start();
  }

  HttpClient::Options as(const Certificate& client) const {
    return {.url = provider->url() + "/webhook",
            .ca_file = server.certificate_file,
            .client_certificate = contents(client.certificate_file),
            .client_key = contents(client.key_file)};
  }
  HttpClient::Options as_nobody() const {
    return {.url = provider->url() + "/webhook", .ca_file = server.certificate_file};
  }

  TemporaryDirectory directory;
  Certificate server, alice, bob, mallory;
  std::optional<Simulator> provider;
};

void check_sent_nothing_useful(const Stage& stage, const Answer& answer) {
  BOOST_TEST(answer.failure != unsigned{MSGR_HTTP_RESPONSE});
  BOOST_TEST(answer.status == 0U);
  BOOST_TEST(const_cast<Simulator&>(*stage.provider).requests().empty());
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_client_certificate_is_shown) {
  Stage stage;
  HttpClient client(stage.as(stage.alice));
  BOOST_TEST_REQUIRE(client.issues().empty());
  BOOST_TEST(client.exchange().status == 200U);
  BOOST_TEST(stage.provider->requests().at(0).at("clientCertificate").as_string() == "alice");
}

BOOST_AUTO_TEST_CASE(without_or_with_the_wrong_one_nothing_is_served) {
  const Stage stage;
  HttpClient nobody(stage.as_nobody());
  check_sent_nothing_useful(stage, nobody.exchange());
  HttpClient mallory(stage.as(stage.mallory));
  check_sent_nothing_useful(stage, mallory.exchange());
}

// One service and one pool: each identity has connections of its own, whatever order they come in.
BOOST_AUTO_TEST_CASE(a_connection_is_never_shared_between_identities) {
  Stage stage;
  HttpClient alice(stage.as(stage.alice));
  HttpClient bob(stage.as(stage.bob), &alice);
  HttpClient nobody(stage.as_nobody(), &alice);
  for (int round = 0; round < 3; ++round) {
    BOOST_TEST(alice.exchange({.target = "/alice"}).status == 200U);
    BOOST_TEST(bob.exchange({.target = "/bob"}).status == 200U);
    BOOST_TEST(nobody.exchange({.target = "/nobody"}).status == 0U);
  }
  const auto requests = stage.provider->requests();
  BOOST_TEST(requests.size() == 6U);
  std::set<std::pair<std::string, std::uint64_t>> connections;
  for (const auto& request : requests) {
    const std::string name(request.at("clientCertificate").as_string());
    BOOST_TEST(request.at("path").as_string() == "/webhook/" + name);
    connections.emplace(name, request.at("connection").to_number<std::uint64_t>());
  }
  BOOST_TEST(connections.size() == 2U);  // but each keeps its own
}

// An authenticated connection that outlived its endpoint would keep the key in memory.
BOOST_AUTO_TEST_CASE(closing_an_endpoint_closes_the_connections_of_its_identity) {
  std::atomic<int> ended{0};
  const TemporaryDirectory directory;
  const Certificate server(directory, "server", "IP:127.0.0.1"), client_certificate(directory, "client", "DNS:client");
  RawServer tls([&](Connection& connection) {
    speak_tls(connection, server, [](const std::string&) { return std::string("{}"); });
    ++ended;
  });
  HttpClient other({.url = "https://127.0.0.1:" + std::to_string(tls.port()), .ca_file = server.certificate_file});
  auto options = HttpClient::Options{.url = "https://127.0.0.1:" + std::to_string(tls.port()),
                                     .client_certificate = contents(client_certificate.certificate_file),
                                     .client_key = contents(client_certificate.key_file)};
  HttpClient client(options, &other);
  BOOST_TEST(client.exchange().status == 201U);
  BOOST_TEST(client.exchange().status == 201U);
  BOOST_TEST(other.exchange().status == 201U);
  BOOST_TEST(other.stats().connections_opened == 2U);
  BOOST_TEST(ended == 0);
  client.close();
  while (ended == 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  BOOST_TEST(other.exchange().status == 201U);
  BOOST_TEST(ended == 1);
}

BOOST_AUTO_TEST_CASE(an_encrypted_key_opens_with_its_password) {
  Stage stage;
  auto options = stage.as(stage.alice);
  options.client_key = encrypt_key(options.client_key, "canary-password");
  BOOST_TEST_REQUIRE(options.client_key.find("ENCRYPTED") != std::string::npos);
  options.client_key_password = "canary-password";
  HttpClient client(options);
  BOOST_TEST(client.exchange().status == 200U);
  for (const char* wrong : {"", "canary-wrong"}) {
    options.client_key_password = wrong;
    const HttpClient refused(options);
    BOOST_TEST_REQUIRE(refused.issues().size() == 1U);
    BOOST_TEST(refused.issues()[0].starts_with("/client_key: "));
    BOOST_TEST(refused.issues()[0].find("canary") == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(what_cannot_authenticate_is_refused_when_the_endpoint_opens) {
  const Stage stage;
  const auto first_issue = [](const HttpClient::Options& options) {
    const HttpClient client(options);
    return client.issues().empty() ? std::string() : client.issues().front();
  };
  auto options = stage.as(stage.alice);
  options.client_certificate = "no PEM";
  BOOST_TEST(first_issue(options).starts_with("/client_certificate: "));
  options = stage.as(stage.alice);
  options.client_key = "no PEM";
  BOOST_TEST(first_issue(options).starts_with("/client_key: "));
  options = stage.as(stage.alice);
  options.client_key = contents(stage.bob.key_file);
  BOOST_TEST(first_issue(options) == "/client_key: The private key does not belong to the client certificate.");
  options = stage.as(stage.alice);
  options.client_key.clear();
  BOOST_TEST(first_issue(options).starts_with("/client_key: "));
  options = stage.as(stage.alice);
  options.client_certificate.clear();
  BOOST_TEST(first_issue(options).starts_with("/client_certificate: "));
  const Certificate old(stage.directory, "old", "DNS:old", -1);
  BOOST_TEST(first_issue(stage.as(old)) == "/client_certificate: The client certificate has expired.");
}

BOOST_AUTO_TEST_CASE(private_roots_are_an_endpoints_own) {
  const TemporaryDirectory directory;
  const Certificate own(directory, "own", "IP:127.0.0.1"), other(directory, "other", "IP:127.0.0.1");
  messenger::simulator::Options options;
  options.certificate_file = own.certificate_file;
  options.key_file = own.key_file;
  Simulator provider(options);
  provider.start();
  const std::string url = provider.url() + "/webhook";
  // The trusting endpoint's connection stands in the pool while the others ask for the same server.
  HttpClient trusting({.url = url, .trusted_roots = contents(own.certificate_file)});
  BOOST_TEST(trusting.exchange().status == 200U);
  HttpClient same({.url = url, .trusted_roots = contents(own.certificate_file)}, &trusting);
  BOOST_TEST(same.exchange().status == 200U);
  BOOST_TEST(trusting.exchange().status == 200U);
  BOOST_TEST(trusting.stats().connections_opened == 2U);  // each keeps its own
  HttpClient wrong({.url = url, .trusted_roots = contents(other.certificate_file)}, &trusting);
  BOOST_TEST(wrong.exchange().failure == unsigned{MSGR_HTTP_UNTRUSTED});
  HttpClient system({.url = url}, &trusting);
  BOOST_TEST(system.exchange().failure == unsigned{MSGR_HTTP_UNTRUSTED});
  // Closed and opened anew, in another order: a file's name never comes to mean other roots.
  wrong.close();
  HttpClient again({.url = url, .trusted_roots = contents(other.certificate_file)}, &trusting);
  BOOST_TEST(again.exchange().failure == unsigned{MSGR_HTTP_UNTRUSTED});
  HttpClient both({.url = url, .trusted_roots = contents(other.certificate_file) + contents(own.certificate_file)},
                  &trusting);
  BOOST_TEST(both.exchange().status == 200U);
}

BOOST_AUTO_TEST_CASE(roots_that_are_no_certificates_are_an_issue) {
  const HttpClient client({.url = "https://127.0.0.1", .trusted_roots = "no PEM"});
  BOOST_TEST(client.issues() ==
             std::vector<std::string>{"/trusted_roots: The trusted roots are not certificates in PEM form."});
}

BOOST_AUTO_TEST_CASE(private_roots_leave_nothing_on_the_disk) {
  const TemporaryDirectory directory;
  const Certificate own(directory, "own", "IP:127.0.0.1");
  const TemporaryDirectory temporary;
  setenv("TMPDIR", temporary.path("").c_str(), 1);
  const HttpClient client({.url = "https://127.0.0.1", .trusted_roots = contents(own.certificate_file)});
  BOOST_TEST(client.issues().empty());
  BOOST_TEST(std::filesystem::is_empty(temporary.path("")));
  unsetenv("TMPDIR");
}
