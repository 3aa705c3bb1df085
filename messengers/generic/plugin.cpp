// SPDX-License-Identifier: Apache-2.0
#include <messenger/certificates.hpp>
#include <messenger/http.hpp>
#include <messenger/plugin.hpp>

#include <chrono>
#include <utility>
#include <vector>

#include "common/instant.hpp"
#include "common/scratch.hpp"
#include "generic/config.hpp"
#include "generic/reply.hpp"
#include "generic/request.hpp"

namespace messenger::generic {
namespace {

std::vector<msgr_pair> header_pairs(const SecretMap& headers) {
  std::vector<msgr_pair> pairs;
  pairs.reserve(headers.size());
  for (const auto& [name, value] : headers) {
    // Revealed empty it is absent; here it is a header without a value.
    pairs.push_back({to_str(name), value.empty() ? to_str("") : to_str(value.reveal())});
  }
  return pairs;
}

// To send without the certificate would show the message to whoever accepts a stranger.
ClientCertificate certificate_of(Host host, const Config& config) {
  if (config.certificate.empty()) {
    return {};
  }
  if (auto found = find_certificate(host, config.certificate)) {
    return std::move(*found);
  }
  throw ConfigError({{"/sslCertificate", "invalid", "This host keeps no client certificate of this id."}});
}

EndpointConfig endpoint_config(const Config& config, const OwnHeaders& own, const std::vector<msgr_pair>& headers,
                               const ClientCertificate& certificate) {
  EndpointConfig endpoint{.url = config.url,
                          .connect_timeout_ms = static_cast<std::uint32_t>(config.connect_timeout),
                          .read_timeout_ms = static_cast<std::uint32_t>(config.read_timeout),
                          .headers = headers,
                          .client_certificate = certificate.certificate.reveal(),
                          .client_key = certificate.key.reveal(),
                          .client_key_password = certificate.key_password.reveal(),
                          .username_pointer = "/httpAuthenticationUsername",
                          .password_pointer = "/httpAuthenticationPassword",
                          .certificate_pointer = "/sslCertificate"};
  if (own.authorization && !config.username.empty()) {
    endpoint.username = config.username;
    endpoint.password = config.password.reveal();
  }
  return endpoint;
}

/// Posts each message as JSON to a receiver of the user's own.
class Generic {
 public:
  using Config = generic::Config;
  static constexpr PluginInfo info{.type = "Generic",
                                   .name = "Generic messenger",
                                   .vendor = "messenger",
                                   .version = MSGR_VERSION,
                                   .needs = needs_http};
  static constexpr bool throws_before_sending = true;  // the endpoint comes last in send and throws nothing
  static constexpr Fields<Config> fields() { return config_fields(); }
  static void check(const Config& config, Issues& issues) { check_config(config, issues); }

  Generic(Host host, const Config& config)
      : host_(host),
        own_(config.headers),
        idempotent_(config.idempotent),
        endpoint_(host, endpoint_config(config, own_, header_pairs(config.headers), certificate_of(host, config)),
                  *this) {}

  void send(const Op& op, const Message& message) {
    if (message.to().empty()) {
      return refuse(op, {.outcome = Outcome::rejected, .detail = "The message has no recipient."});
    }
    common::Scratch body(payload_bound(message), message.secret());
    append_payload(body.text(), message);
    const OpHeaders headers(own_, op);
    const HttpRequest request{.content_type = own_.content_type ? "application/json" : std::string_view{},
                              .body = body.text(),
                              .headers = headers.all()};
    // Without a key of this message in the request the receiver could not tell a repetition.
    const bool repeatable = idempotent_ && own_.idempotency_key && !op.idempotency_key().empty();
    if (repeatable) {
      return endpoint_.send<&Generic::reply<true>>(op, request);
    }
    endpoint_.send<&Generic::reply<false>>(op, request);
  }

  void cancel(std::uint64_t ticket) const { endpoint_.cancel(ticket); }

 private:
  void refuse(const Op& op, const Result& result) const { host_.complete(op.ticket(), result); }

  template <bool Repeatable>
  [[nodiscard]] Result reply(const Response& response) const {
    // Only a refusal may name a date to come back at.
    return classify(response, Repeatable, response.status() < 300 ? std::chrono::sys_seconds() : common::wall_clock());
  }

  Host host_;
  OwnHeaders own_;
  bool idempotent_;
  Endpoint<Generic> endpoint_;
};

}  // namespace
}  // namespace messenger::generic

MESSENGER_PLUGIN(messenger::generic::Generic)
