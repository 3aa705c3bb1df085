// SPDX-License-Identifier: Apache-2.0
// The host's network settings and its client certificates, as the real messengers and the command line meet them.
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include "certificate.hpp"
#include "print_outcome.hpp"
#include "process.hpp"
#include "raw_server.hpp"
#include "runtime/runtime.hpp"
#include "simulator/simulator.hpp"
#include "tunnel.hpp"

using messenger::host::NetworkOptions;
using messenger::host::Runtime;
using messenger::loader::Outcome;
using messenger::simulator::Simulator;
using namespace messenger::test;
namespace json = boost::json;

namespace {

/// A TLS provider that serves only who shows the certificate "client".
struct Stage {
  Stage() : server(directory, "server", "IP:127.0.0.1"), client(directory, "client", "DNS:client") {
    messenger::simulator::Options options;
    options.certificate_file = server.certificate_file;
    options.key_file = server.key_file;
    options.client_ca_file = client.certificate_file;
    provider.emplace(options);
    provider->start();
    network.ca_file = server.certificate_file;
  }

  std::string client_pem() const { return contents(client.certificate_file) + contents(client.key_file); }
  std::string config(const std::string& certificate = "key-1") const {
    return json::serialize(json::object{{"url", provider->url() + "/webhook"},
                                        {"connectTimeout", 2'000},
                                        {"readTimeout", 2'000},
                                        {"sslCertificateId", certificate}});
  }

  TemporaryDirectory directory;
  Certificate server, client;
  std::optional<Simulator> provider;
  NetworkOptions network;
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string document(const std::string& url) {
  return json::serialize(json::object{
      {"messenger",
       {{"type", "Generic"}, {"name", "Webhook"}, {"url", url}, {"connectTimeout", 2'000}, {"readTimeout", 2'000}}}});
}

Finished send(const std::string& file, const std::vector<std::string>& options,
              const std::vector<std::string>& environment = {}) {
  std::vector<std::string> command{std::string(MESSENGER_BIN_DIR) + "/messenger-host",
                                   "send",
                                   "--messenger",
                                   file,
                                   "--to",
                                   "+15551230001",
                                   "--text",
                                   "Your code is canary-code"};
  command.insert(command.end(), options.begin(), options.end());
  return run(command, environment);
}

}  // namespace

BOOST_AUTO_TEST_CASE(generic_authenticates_with_the_certificate_that_its_configuration_names) {
  Stage stage;
  Runtime runtime({}, {}, stage.network);
  runtime.certificates().put("key-1", messenger::Secret(stage.client_pem()));
  BOOST_TEST_REQUIRE(runtime.registry().configure("m", "Generic", stage.config()).empty());
  BOOST_TEST(runtime.registry().send("m", {.to = "+1", .body = "x"}).outcome == Outcome::ok);
  BOOST_TEST(stage.provider->requests().at(0).at("clientCertificate").as_string() == "client");
}

BOOST_AUTO_TEST_CASE(a_certificate_that_is_unknown_or_unusable_is_an_issue) {
  const Stage stage;
  Runtime runtime({}, {}, stage.network);
  runtime.certificates().put("broken", messenger::Secret("canary: no PEM"));
  for (const char* id : {"unknown", "broken"}) {
    const auto issues = runtime.registry().configure("m", "Generic", stage.config(id));
    BOOST_TEST_REQUIRE(!issues.empty());
    for (const auto& issue : issues) {
      BOOST_TEST(issue.pointer == "/sslCertificateId");  // the name that was sent
      BOOST_TEST(!has(issue.text, "canary"));
    }
  }
}

BOOST_AUTO_TEST_CASE(without_its_certificate_nothing_is_sent_to_such_a_provider) {
  Stage stage;
  Runtime runtime({}, {}, stage.network);
  auto config = json::serialize(
      json::object{{"url", stage.provider->url() + "/webhook"}, {"connectTimeout", 2'000}, {"readTimeout", 2'000}});
  BOOST_TEST_REQUIRE(runtime.registry().configure("m", "Generic", config).empty());
  const auto outcome = runtime.registry().send("m", {.to = "+1", .body = "x"}).outcome;
  // TLS 1.3 tells the client only after it may have sent.
  BOOST_TEST((outcome == Outcome::unknown || outcome == Outcome::retry));
  BOOST_TEST(stage.provider->requests().empty());
}

BOOST_AUTO_TEST_CASE(all_messengers_go_through_the_hosts_proxy) {
  Simulator provider;
  provider.start();
  RawServer proxy(tunnel);
  NetworkOptions network;
  network.proxy = proxy.url();
  network.proxy_username = "user";
  network.proxy_password = "password";
  Runtime runtime({}, {}, network);
  const json::object twilio{{"url", provider.url()},
                            {"accountSID", "AC0123456789abcdef0123456789abcdef"},
                            {"authToken", "token"},
                            {"fromPhoneNumber", "+15005550006"}};
  BOOST_TEST_REQUIRE(runtime.registry().configure("m", "Twilio", json::serialize(twilio)).empty());
  BOOST_TEST(runtime.registry().send("m", {.to = "+15551230001", .body = "x"}).outcome == Outcome::ok);
  BOOST_TEST(proxy.connections() == 1);
  BOOST_TEST(has(proxy.requests().at(0), "Proxy-Authorization: Basic dXNlcjpwYXNzd29yZA=="));
}

BOOST_AUTO_TEST_CASE(a_provider_is_reached_over_ipv6) {
  messenger::simulator::Options options;
  options.listen = "[::1]:0";
  Simulator provider(options);
  try {
    provider.start();
  } catch (const std::exception& error) {
    BOOST_TEST_MESSAGE("this machine has no IPv6: " << error.what());
    return;
  }
  Runtime runtime({}, {});
  const json::object config{{"url", provider.url() + "/webhook"}, {"connectTimeout", 2'000}, {"readTimeout", 2'000}};
  BOOST_TEST_REQUIRE(has(provider.url(), "[::1]"));
  BOOST_TEST_REQUIRE(runtime.registry().configure("m", "Generic", json::serialize(config)).empty());
  BOOST_TEST(runtime.registry().send("m", {.to = "+1", .body = "x"}).outcome == Outcome::ok);
  BOOST_TEST(provider.requests().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_blocked_address_is_config_and_the_detail_names_the_setting) {
  NetworkOptions network;
  network.allow_ranges.clear();
  network.http_ranges.clear();
  Runtime runtime({}, {}, network);
  const json::object config{{"url", "https://localhost"}, {"connectTimeout", 2'000}, {"readTimeout", 2'000}};
  BOOST_TEST_REQUIRE(runtime.registry().configure("m", "Generic", json::serialize(config)).empty());
  const auto result = runtime.registry().send("m", {.to = "+1", .body = "x"});
  BOOST_TEST(result.outcome == Outcome::config);
  BOOST_TEST(has(result.detail, "(loopback); its setting allow_ranges can."));
}

BOOST_AUTO_TEST_CASE(the_command_line_allows_loopback_and_what_it_is_told) {
  Simulator provider;
  provider.start();
  const TemporaryDirectory directory;
  const auto file = directory.write("m.json", document(provider.url() + "/webhook"));
  BOOST_TEST(send(file, {}).status == 0);
  const auto blocked = send(file, {"--allow-ranges", "10.0.0.0/8,fd00::/8"});
  BOOST_TEST(blocked.status == 2);
  BOOST_TEST(has(blocked.err, "messenger.url: [blocked] The host does not allow connections to 127.0.0.1"));
  BOOST_TEST(has(send(file, {"--http-ranges", ""}).err, "its setting http_ranges"));
  const auto malformed = send(file, {"--allow-ranges", "10.0.0.0/40", "--proxy", "http://proxy"});
  BOOST_TEST(malformed.status == 2);
  BOOST_TEST(has(malformed.err, "allow_ranges: \"10.0.0.0/40\" is neither"));
  BOOST_TEST(has(malformed.err, "proxy: The proxy's URL must name its port."));
}

BOOST_AUTO_TEST_CASE(the_command_line_shows_a_certificate_and_uses_a_proxy) {
  Stage stage;
  RawServer proxy(tunnel);
  auto text = document(stage.provider->url() + "/webhook");
  text.insert(text.rfind("}}"), R"(,"sslCertificate":"key-1")");
  const auto file = stage.directory.write("m.json", text);
  const auto pem = stage.directory.write("client-all.pem", stage.client_pem());
  const auto sent = send(file,
                         {"--ca-file", stage.server.certificate_file, "--certificate", "key-1=" + pem, "--proxy",
                          proxy.url(), "--proxy-username", "user"},
                         {"MESSENGER_PROXY_PASSWORD=canary-proxy"});
  BOOST_TEST(sent.status == 0, sent.err);
  BOOST_TEST(!has(sent.out + sent.err, "canary"));
  BOOST_TEST(stage.provider->requests().at(0).at("clientCertificate").as_string() == "client");
  BOOST_TEST(has(proxy.requests().at(0), "Proxy-Authorization: Basic dXNlcjpjYW5hcnktcHJveHk="));
  const auto missing = send(file, {"--ca-file", stage.server.certificate_file, "--certificate", "key-1=/nowhere.pem"});
  BOOST_TEST(missing.status == 2);
  BOOST_TEST(has(missing.err, "/nowhere.pem: No such file or directory"));
  BOOST_TEST(has(send(file, {}).err, "messenger.sslCertificate: [invalid]"));
}
