// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "api/event_log_routes.hpp"
#include "api/message_template_routes.hpp"
#include "api/messenger_routes.hpp"
#include "api/tenant_routes.hpp"
#include "api/two_factor_method_routes.hpp"
#include "api/two_factor_routes.hpp"
#include "api/user_routes.hpp"
#include "database.hpp"
#include "delivery/engine.hpp"
#include "delivery/tenant.hpp"
#include "error_output.hpp"
#include "router_client.hpp"
#include "simulator/simulator.hpp"

namespace messenger::test {

/// A host of everything but its socket, with a provider on this machine: store, loader, plugins and routes are the real
/// ones. Its codes are twelve letters, which stand nowhere by chance; what may never leave it is looked for at the end.
class OneTimeCodeSite : Database {
 public:
  OneTimeCodeSite() {
    simulator_.start();
    open();
  }
  ~OneTimeCodeSite() {
    const std::string events = api().text("GET", "/api/system/event-log/search?numberOfResults=500");
    const std::string log = log_output_.text();
    close();
    const std::string kept = contents(file) + contents(file + "-wal");
    for (const std::string& secret : secrets_) {
      BOOST_TEST(!contains(events, secret), "the event log has " << secret);
      BOOST_TEST(!contains(log, secret), "the log has " << secret);
      BOOST_TEST(!contains(kept, secret), "the database has " << secret);
    }
    BOOST_TEST(contains(log, "two-factor"));  // there was a log to look into
  }

  /// As after a restart of the process.
  void restart() {
    close();
    open();
  }

  const RouterClient& api() const { return *running_->api; }
  simulator::Simulator& provider() { return simulator_; }

  /// A messenger of this type, a template, the tenant's settings and a user with two methods; `identifiers` is the
  /// tenant's externalIdentifierConfiguration beside the generator.
  void set_up(const std::string& type, json::object identifiers = {}) {
    type_ = type;
    const std::string messenger = id_of(api().object("POST", "/api/messenger", messenger_body(type)), "messenger");
    const std::string text = id_of(api().object("POST", "/api/message/template", R"({"messageTemplate":{"name":"Code",
        "type":"SMS","defaultTemplate":"Code: ${code}","localizedTemplates":{"de":"${user.firstName}: ${code}"}}})"),
                                   "messageTemplate");
    identifiers["twoFactorOneTimeCodeIdGenerator"] = json::object{{"length", 12}, {"type", "randomAlpha"}};
    const json::object sms{{"enabled", true}, {"messengerId", messenger}, {"templateId", text}};
    patch_tenant({{"multiFactorConfiguration", json::object{{"sms", sms}}},
                  {"externalIdentifierConfiguration", std::move(identifiers)}});
    api().object("POST", "/api/user", R"({"user":{"email":"Ada@Example.com","firstName":"Ada","password":"canary-pass",
        "preferredLanguages":["fr","de_DE"],"twoFactor":{"methods":[
          {"id":"one","method":"sms","mobilePhone":"+15551230001"},
          {"id":"two","method":"sms","mobilePhone":"+15551230002"}]}}})");
    secrets_.insert(secrets_.end(), {"canary-pass", "canary-token", "+15551230001", "+15551230002", "15551230001"});
  }

  void patch_tenant(const json::object& changes) {
    const auto id = std::string(api().object("GET", "/api/tenant").at("tenants").at(0).at("id").as_string());
    api().object("PATCH", "/api/tenant/" + id, json::serialize(json::object{{"tenant", changes}}));
  }

  /// The answer of a start; its code and its id are looked for at the end.
  json::object start(const std::string& body = R"({"loginId":"ada@example.com"})") {
    const auto started = api().object("POST", "/api/two-factor/start", body);
    for (const char* const secret : {"code", "twoFactorId"}) {
      secrets_.emplace_back(started.at(secret).as_string());
    }
    return started;
  }
  std::string start_id() { return std::string(start().at("twoFactorId").as_string()); }

  std::string send(const std::string& id, const std::string& body = R"({"methodId":"one"})") {
    return api().text("POST", "/api/two-factor/send/" + id, body);
  }

  /// Of a login: "200 {…}", "421" or "404".
  std::string login(const std::string& id, const std::string& code) {
    return api().text("POST", "/api/two-factor/login",
                      json::serialize(json::object{{"code", code}, {"twoFactorId", id}}));
  }
  std::string login_status(const std::string& id, const std::string& code) { return login(id, code).substr(0, 3); }

  std::string user_path() {
    const auto found = api().object("GET", "/api/user?loginId=ada@example.com");
    return "/api/user/" + text_of(found.at("user"), "id");
  }

  /// What may not be found anywhere in the end.
  void add_secret(const std::string& secret) { secrets_.push_back(secret); }

  /// To whom the provider was last given what.
  struct Sms {
    std::string to, text;
    std::string code() const { return text.substr(text.rfind(' ') + 1); }
  };
  Sms last_sms() {
    Sms sms;
    if (type_ == "Twilio") {
      const auto messages = simulator_.messages();
      BOOST_TEST_REQUIRE(!messages.empty());
      sms = {text_of(messages.back(), "to"), text_of(messages.back(), "body")};
    } else {
      const auto requests = simulator_.requests("/webhook");
      BOOST_TEST_REQUIRE(!requests.empty());
      const auto body = json::parse(requests.back().at("body").as_string());
      const Sms told{{}, text_of(body, "textMessage")};
      BOOST_TEST(text_of(body, "code") == told.code());
      sms = {text_of(body, "phoneNumber"), text_of(body, "textMessage")};
    }
    secrets_.push_back(sms.code());
    return sms;
  }

  /// Waits until the sending of every message is over.
  void wait_until_sent() {
    wait_for([this] {
      const auto open = running_->engine.store().with([](host::Transaction& transaction) {
        host::MessageSearch search;
        search.stages = {host::MessageStage::queued, host::MessageStage::leased};
        return transaction.outbox.search(search).total;
      });
      return open == 0;
    });
  }

  /// An administrator changes the messenger: it is tried again from then on.
  void mend_messenger() {
    const auto messenger = api().object("GET", "/api/messenger").at("messengers").at(0);
    api().object("PATCH", "/api/messenger/" + text_of(messenger, "id"), R"({"messenger":{"debug":false}})");
    wait_for([this] {
      const auto circuits = running_->engine.dispatcher().circuits();
      return std::all_of(circuits.begin(), circuits.end(), [](const host::CircuitState& circuit) {
        return circuit.position == host::CircuitState::Position::closed;
      });
    });
  }

  void fault(const std::string& fault) { simulator_.add_fault(R"({"path":"/","fault":)" + fault + "}"); }

 private:
  /// What ends and begins with the process.
  struct Running {
    Running(const host::StoreOptions& options, const host::Log& log) : engine(engine_options(options), log) {
      host::ensure_tenant(engine.store());
      api.emplace(std::vector{host::messenger_routes(engine.messengers()),
                              host::message_template_routes(engine.store()), host::tenant_routes(engine.store()),
                              host::user_routes(engine.store()), host::two_factor_routes(codes),
                              host::two_factor_method_routes(methods), host::event_log_routes(engine.store())},
                  log);
    }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    ~Running() { engine.stop(std::chrono::seconds(5)); }

    static host::EngineOptions engine_options(const host::StoreOptions& store) {
      host::EngineOptions options;
      options.store = store;
      options.plugin_directories = {MESSENGER_PLUGIN_DIR};
      return options;
    }

    host::Engine engine;
    host::OneTimeCodes codes{engine.store(), engine.code_outlet()};
    host::TwoFactorMethods methods{engine.store(), codes};
    std::optional<RouterClient> api;
  };

  static void wait_for(const std::function<bool()>& is_so) {
    for (int i = 0; !is_so(); ++i) {
      BOOST_TEST_REQUIRE(i < 1'000);
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }

  static std::string text_of(const json::value& object, const char* name) {
    return std::string(object.at(name).as_string());
  }
  static std::string id_of(const json::object& answer, const char* member) { return text_of(answer.at(member), "id"); }

  std::string messenger_body(const std::string& type) const {
    json::object messenger{{"type", type}, {"name", type}, {"debug", true}, {"url", simulator_.url()}};
    if (type == "Twilio") {
      messenger["accountSID"] = "AC0123456789abcdef0123456789abcdef";
      messenger["authToken"] = "canary-token";
      messenger["fromPhoneNumber"] = "+15005550006";
    } else {
      messenger["url"] = simulator_.url() + "/webhook";
      messenger["connectTimeout"] = 2'000;
      messenger["readTimeout"] = 2'000;
      messenger["headers"] = json::object{{"X-Token", "canary-token"}};
    }
    return json::serialize(json::object{{"messenger", messenger}});
  }

  void open() { running_ = std::make_unique<Running>(options(), log_); }
  void close() { running_.reset(); }

  ErrorOutput log_output_{directory.path("log")};
  host::Log log_{host::Log::Format::text, loader::LogLevel::debug};
  simulator::Simulator simulator_;
  std::unique_ptr<Running> running_;
  std::string type_;
  std::vector<std::string> secrets_;
};

}  // namespace messenger::test
