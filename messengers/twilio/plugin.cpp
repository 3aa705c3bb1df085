// SPDX-License-Identifier: Apache-2.0
#include <messenger/http.hpp>
#include <messenger/plugin.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <utility>

#include "common/instant.hpp"
#include "common/scratch.hpp"
#include "twilio/config.hpp"
#include "twilio/operations/caller.hpp"
#include "twilio/operations/catalogue.hpp"
#include "twilio/receipt.hpp"
#include "twilio/reply.hpp"
#include "twilio/request.hpp"

namespace messenger::twilio {
namespace {

EndpointConfig endpoint_config(const Config& config, std::string_view url) {
  EndpointConfig endpoint{.url = url,
                          .connect_timeout_ms = static_cast<std::uint32_t>(config.connect_timeout),
                          .read_timeout_ms = static_cast<std::uint32_t>(config.read_timeout),
                          .username_pointer = "/accountSID",
                          .password_pointer = "/authToken"};
  if (!credentials_problem(config).empty()) {
    return endpoint;  // nothing will be sent
  }
  const bool by_key = !config.api_key_sid.empty();
  endpoint.username = by_key ? config.api_key_sid : config.account_sid;
  endpoint.password = by_key ? config.api_key_secret.reveal() : config.auth_token.reveal();
  return endpoint;
}

/// Sends each message through Twilio's Programmable Messaging.
class Twilio {
 public:
  using Config = twilio::Config;
  static constexpr PluginInfo info{.type = "Twilio",
                                   .name = "Twilio messenger",
                                   .vendor = "messenger",
                                   .version = MSGR_VERSION,
                                   .needs = needs_http};
  static constexpr bool throws_before_sending = true;  // the endpoint comes last in send and throws nothing
  static constexpr Fields<Config> fields() { return config_fields(); }
  static void check(const Config& config, Issues& issues) { check_config(config, issues); }

  Twilio(Host host, Config config)
      : host_(host),
        config_(std::move(config)),
        problem_(credentials_problem(config_)),
        endpoint_(host, endpoint_config(config_, messages_url(config_)), *this),
        caller_(host, config_, endpoint_config(config_, {})) {}

  void send(const Op& op, const Message& message) {
    if (!problem_.empty()) {
      return host_.complete(op.ticket(), {.outcome = Outcome::config, .detail = problem_});
    }
    Plan what;
    if (const auto refusal = plan(config_, message, now_for(message), what)) {
      return host_.complete(op.ticket(), {.outcome = refusal->outcome, .detail = refusal->detail});
    }
    common::Scratch form(message_bound(what, message), message.secret());
    append_message(form.text(), what, message);
    const OpHeaders headers(op);
    const HttpRequest request{
        .content_type = "application/x-www-form-urlencoded", .body = form.text(), .headers = headers.all()};
    if (what.sender.origin == SenderOrigin::message) {
      return endpoint_.send<&Twilio::reply<SenderOrigin::message>>(op, request);
    }
    endpoint_.send<&Twilio::reply<SenderOrigin::configuration>>(op, request);
  }

  static Operations operations() { return catalogue_for_hosts(); }
  void call(const Op& op, const Call& call) { caller_.call(op, call); }

  void cancel(std::uint64_t ticket) {
    endpoint_.cancel(ticket);
    caller_.cancel(ticket);
  }

  [[nodiscard]] Reading receipt(const Callback& callback, Receipts receipts) const {
    const std::array tokens{config_.auth_token.reveal(), config_.secondary_auth_token.reveal()};
    if (tokens[0].empty() && tokens[1].empty() && !missed_token_.exchange(true)) {
      host_.log(LogLevel::warning,
                "No receipt can be verified: Twilio signs them with the auth token, and none is set.");
    }
    return read_callback(callback, tokens, receipts);
  }

 private:
  // What no time is named in needs no look at a clock.
  [[nodiscard]] Now now_for(const Message& message) const {
    const bool scheduled = message.attributes().find("SendAt").data() != nullptr;
    return {message.expires_ns() == 0 ? 0 : host_.now_ns(),
            scheduled ? common::wall_clock() : std::chrono::sys_seconds()};
  }
  template <SenderOrigin Origin>
  [[nodiscard]] common::Verdict reply(const Response& response) const {
    // Only a refusal may name a date to come back at.
    return classify(response, config_.account_sid, Origin,
                    response.status() < 300 ? std::chrono::sys_seconds() : common::wall_clock());
  }

  Host host_;
  Config config_;
  std::string_view problem_;
  mutable std::atomic<bool> missed_token_ = false;  // said once, not at each receipt
  Endpoint<Twilio> endpoint_;
  Caller caller_;
};

}  // namespace
}  // namespace messenger::twilio

MESSENGER_PLUGIN(messenger::twilio::Twilio)
