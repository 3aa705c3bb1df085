// SPDX-License-Identifier: Apache-2.0
// A messenger that breaks the rules of texts: it gives the provider's as its own, wherever there is room, quotes a
// secret that it refuses, and takes its time where its user is called slow.
#include <messenger/http.hpp>
#include <messenger/plugin.hpp>

#include <chrono>
#include <thread>
#include <vector>

namespace {

struct Config {
  std::string url, username;
  messenger::Secret password;
  messenger::SecretMap headers;
};

class Parrot {
 public:
  using Config = ::Config;
  static constexpr messenger::PluginInfo info{.type = "Parrot", .name = "Parrot", .needs = messenger::needs_http};

  static messenger::Fields<Config> fields() {
    return messenger::Fields<Config>{}
        .url("url", &Config::url, {.required = true})
        .text("username", &Config::username, {})
        .secret("password", &Config::password, {})
        .headers("headers", &Config::headers, {});
  }

  static void check(const Config& config, messenger::Issues& issues) {
    if (config.username == "slow to check") {
      std::this_thread::sleep_for(std::chrono::seconds(1));
    }
    if (config.username == "refused") {
      issues.push_back({"/password", "invalid", "The password " + std::string(config.password.reveal()) + " is bad."});
    }
  }

  Parrot(messenger::Host host, const Config& config) : endpoint_(host, endpoint_config(config, pairs(config)), *this) {
    if (config.username == "slow to configure") {
      std::this_thread::sleep_for(std::chrono::seconds(1));
    }
  }

  void send(const messenger::Op& op, const messenger::Message& message) {
    body_ = std::string(message.to()) + "|" + std::string(message.body()) + "|" +
            std::string(message.attributes().find("code"));
    endpoint_.send<&Parrot::judge>(op, {.target = "/say", .content_type = "text/plain", .body = body_});
  }

  void cancel(std::uint64_t ticket) { endpoint_.cancel(ticket); }

 private:
  static std::vector<msgr_pair> pairs(const Config& config) {
    std::vector<msgr_pair> pairs;
    for (const auto& [name, value] : config.headers) {
      pairs.push_back({messenger::to_str(name), messenger::to_str(value.reveal())});
    }
    return pairs;
  }
  static messenger::EndpointConfig endpoint_config(const Config& config, const std::vector<msgr_pair>& headers) {
    messenger::EndpointConfig endpoint{.url = config.url, .headers = headers};
    endpoint.username = config.username;
    endpoint.password = config.password.reveal();
    return endpoint;
  }
  static messenger::Result judge(const messenger::Response& response) {
    using messenger::Outcome;
    const std::uint32_t status = response.status();
    const Outcome outcome = status == 0     ? Outcome::retry
                            : status < 300  ? Outcome::ok
                            : status == 401 ? Outcome::config
                            : status < 500  ? Outcome::rejected
                                            : Outcome::unknown;
    return {.outcome = outcome,
            .http_status = status,
            .provider_id = response.body(),
            .provider_code = response.body(),
            .detail = response.body()};
  }

  std::string body_;
  messenger::Endpoint<Parrot> endpoint_;
};

}  // namespace

MESSENGER_PLUGIN(Parrot)
