// SPDX-License-Identifier: Apache-2.0
// A messenger that posts {"to":…,"text":…}, with Boost.JSON hidden inside.
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <messenger/http.hpp>
#include <messenger/plugin.hpp>

namespace {

struct Config {
  std::string url;
};

class JsonPost {
 public:
  using Config = ::Config;
  static constexpr messenger::PluginInfo info{
      .type = "JsonPost", .name = "JSON post", .version = "1.0.0", .needs = messenger::needs_http};

  static messenger::Fields<Config> fields() {
    return messenger::Fields<Config>{}.url("url", &Config::url, {.required = true});
  }

  JsonPost(messenger::Host host, const Config& config) : endpoint_(host, {.url = config.url}, *this) {}

  void send(const messenger::Op& op, const messenger::Message& message) {
    const std::string body =
        boost::json::serialize(boost::json::object{{"to", message.to()}, {"text", message.body()}});
    endpoint_.send<&judge>(op, {.content_type = "application/json", .body = body});
  }

 private:
  static messenger::Result judge(const messenger::Response& response) {
    if (const auto decided = messenger::transport_result(response)) {
      return *decided;
    }
    const bool taken = response.status() < 300;
    return {.outcome = taken ? messenger::Outcome::ok : messenger::Outcome::unknown, .http_status = response.status()};
  }

  messenger::Endpoint<JsonPost> endpoint_;
};

}  // namespace

MESSENGER_PLUGIN(JsonPost)
