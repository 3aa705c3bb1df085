// SPDX-License-Identifier: Apache-2.0
// A messenger that can do more than send: it says what a number is, and reads what became of messages.
#include <messenger/http.hpp>
#include <messenger/plugin.hpp>

#include <algorithm>

namespace {

struct Config {
  std::string url;
  messenger::Secret token;
};

struct Lookup {
  std::string number;
};

messenger::Fields<Lookup> lookup() {
  return messenger::Fields<Lookup>{}.text("number", &Lookup::number, {.required = true, .help = "Digits."});
}

// Takes the same time wherever they differ.
bool is_same(std::string_view one, std::string_view other) {
  unsigned difference = one.size() == other.size() ? 0 : 1;
  for (std::size_t i = 0; i < std::min(one.size(), other.size()); ++i) {
    difference |= static_cast<unsigned>(one[i]) ^ static_cast<unsigned>(other[i]);
  }
  return difference == 0;
}

class Carrier {
 public:
  using Config = ::Config;
  static constexpr messenger::PluginInfo info{.type = "Carrier", .needs = messenger::needs_http};

  static messenger::Fields<Config> fields() {
    return messenger::Fields<Config>{}
        .url("url", &Config::url, {.required = true, .help = "The carrier's API."})
        .secret("token", &Config::token, {.required = true, .help = "Stands in every receipt's X-Token."});
  }

  Carrier(messenger::Host host, Config config)
      : host_(host), config_(std::move(config)), endpoint_(host, {.url = config_.url}, *this) {}

  void send(const messenger::Op& op, const messenger::Message& message) {
    endpoint_.send<&Carrier::judge>(op, {.content_type = "text/plain", .body = message.body()});
  }

  static messenger::Operations operations() {
    return {{.name = "numbers.lookup",
             .summary = "Says what a number is.",
             .input_schema = lookup().schema(),
             .output_schema = R"({"type":"object"})",
             .safe = true}};
  }

  void call(const messenger::Op& op, const messenger::Call& call) {
    messenger::Issues issues;
    const Lookup input = lookup().read(call.as_config(), issues);
    if (!issues.empty()) {
      throw messenger::SendError(messenger::Outcome::rejected, issues.front().text);
    }
    if (input.number.find_first_not_of("0123456789") != std::string::npos) {
      throw messenger::SendError(messenger::Outcome::rejected, "number must be digits.");
    }
    endpoint_.send<&Carrier::found>(op, {.method = "GET", .target = "/numbers/" + input.number});
  }

  messenger::Reading receipt(const messenger::Callback& callback, messenger::Receipts receipts) const {
    const auto token = std::find_if(callback.headers().begin(), callback.headers().end(),
                                    [](const messenger::Attribute& header) { return header.name == "X-Token"; });
    if (token == callback.headers().end() || !is_same((*token).value, config_.token.reveal())) {
      return messenger::Reading::forged;
    }
    receipts.tell({.status = messenger::Status::delivered, .provider_id = callback.body()});
    return messenger::Reading::read;
  }

 private:
  static messenger::Result judge(const messenger::Response& response) {
    if (const auto decided = messenger::transport_result(response)) {
      return *decided;
    }
    const bool ok = response.status() < 300;
    return {.outcome = ok ? messenger::Outcome::ok : messenger::Outcome::rejected, .http_status = response.status()};
  }

  messenger::Result found(const messenger::Response& response) const {
    messenger::Result result = judge(response);
    if (result.outcome == messenger::Outcome::ok) {
      static_cast<void>(host_.output(response.ticket(), response.body()));
    }
    if (result.outcome == messenger::Outcome::unknown) {  // asking changes nothing, so it may be asked again
      result.outcome = messenger::Outcome::retry;
    }
    return result;
  }

  messenger::Host host_;
  Config config_;
  messenger::Endpoint<Carrier> endpoint_;
};

}  // namespace

MESSENGER_PLUGIN(Carrier)
