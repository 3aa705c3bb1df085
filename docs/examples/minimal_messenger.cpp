// SPDX-License-Identifier: Apache-2.0
// A whole messenger: it posts the text to a URL and judges the answer by its status.
#include <messenger/http.hpp>
#include <messenger/plugin.hpp>

#include <array>

namespace {

struct Config {
  std::string url;
  messenger::Secret token;
};

class Minimal {
 public:
  using Config = ::Config;
  static constexpr messenger::PluginInfo info{
      .type = "Minimal", .name = "Minimal messenger", .version = "1.0.0", .needs = messenger::needs_http};

  static messenger::Fields<Config> fields() {
    return messenger::Fields<Config>{}
        .url("url", &Config::url, {.required = true, .help = "Where each message is posted."})
        .secret("token", &Config::token, {.help = "Sent as the header X-Token."});
  }

  Minimal(messenger::Host host, Config config)
      : config_(std::move(config)), endpoint_(host, {.url = config_.url}, *this) {}

  void send(const messenger::Op& op, const messenger::Message& message) {
    const std::array<msgr_pair, 2> headers{{{messenger::to_str("X-To"), messenger::to_str(message.to())},
                                            {messenger::to_str("X-Token"), messenger::to_str(config_.token.reveal())}}};
    endpoint_.send<&Minimal::judge>(op, {.content_type = "text/plain; charset=utf-8",
                                         .body = message.body(),
                                         .headers = std::span(headers).first(config_.token.empty() ? 1 : 2)});
  }

  void cancel(std::uint64_t ticket) { endpoint_.cancel(ticket); }

 private:
  static messenger::Result judge(const messenger::Response& response) {
    using messenger::Outcome;
    if (const auto decided = messenger::transport_result(response)) {
      return *decided;
    }
    const std::uint32_t status = response.status();
    const Outcome refused = status == 429 ? Outcome::retry : Outcome::rejected;
    const Outcome failed = status < 500 ? refused : Outcome::unknown;
    return {.outcome = status < 300 ? Outcome::ok : failed,
            .http_status = status,
            .detail = status < 300 ? "" : "The receiver did not accept the message."};
  }

  Config config_;
  messenger::Endpoint<Minimal> endpoint_;
};

}  // namespace

MESSENGER_PLUGIN(Minimal)
