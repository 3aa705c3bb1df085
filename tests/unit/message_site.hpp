// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <thread>
#include <utility>

#include "api/event_log_routes.hpp"
#include "api/message_routes.hpp"
#include "api/message_type_routes.hpp"
#include "api/messenger_routes.hpp"
#include "api/metrics.hpp"
#include "api/receipt_routes.hpp"
#include "database.hpp"
#include "delivery/engine.hpp"
#include "delivery/tenant.hpp"
#include "error_output.hpp"
#include "router_client.hpp"
#include "simulator/simulator.hpp"

namespace messenger::test {

/// An engine with its routes, without a socket, and a provider on this machine. What may never leave it is looked for
/// in log, event log, metrics and database at the end.
struct MessageSite : Database {
  static constexpr const char* messenger_id = "f49c3b86-91fe-48f7-ae46-d166eead0166";
  static constexpr const char* number = "+15551230001";
  static constexpr const char* canary = "canary-text-8d1f";

  explicit MessageSite(host::Dispatcher::Options dispatcher = {}) : dispatcher_(std::move(dispatcher)) {
    simulator.start();
    engine.emplace(engine_options(), log);
    host::ensure_tenant(engine->store());
    api.emplace(std::vector{host::messenger_routes(engine->messengers()),
                            host::message_routes(engine->messages(), engine->dispatcher(), engine->store()),
                            host::message_type_routes(engine->store()), host::event_log_routes(engine->store()),
                            host::metrics_routes(metrics, *engine)},
                log);
    add_messenger(messenger_id, "Generic messenger", simulator.url() + "/webhook");
  }
  MessageSite(const MessageSite&) = delete;
  MessageSite& operator=(const MessageSite&) = delete;
  ~MessageSite() {
    const std::string shown = api->text("GET", "/api/system/event-log/search?numberOfResults=500") +
                              api->text("GET", "/metrics") + api->text("GET", "/api/message/search") +
                              api->text("GET", "/api/message/queue");
    api.reset();
    engine->stop(std::chrono::seconds(5));
    engine.reset();
    const std::string told = shown + log_output_.text();
    const std::string kept = contents(file) + contents(file + "-wal");
    for (const std::string secret : {canary, number + 1, "canary-token"}) {
      BOOST_TEST(!contains(told, secret), "somewhere stands " << secret);
      BOOST_TEST(!contains(kept, secret), "the database has " << secret);
    }
  }

  void add_messenger(const std::string& id, const std::string& name, const std::string& url) {
    const json::object messenger{{"type", "Generic"},    {"name", name},
                                 {"url", url},           {"connectTimeout", 2'000},
                                 {"readTimeout", 2'000}, {"headers", json::object{{"X-Token", "canary-token"}}}};
    api->object("POST", "/api/messenger/" + id, json::serialize(json::object{{"messenger", messenger}}));
  }

  /// {"to", "body", "messengerId"} with these changes; a null member is left out.
  static json::object message(const json::object& changes = {}) {
    json::object message{{"to", number}, {"body", canary}, {"messengerId", messenger_id}};
    for (const auto& change : changes) {
      message[change.key()] = change.value();
    }
    return message;
  }
  static std::string one(const json::object& changes = {}) {
    return json::serialize(json::object{{"message", message(changes)}});
  }

  /// The "message" of a 202.
  json::object send(const json::object& changes = {}) const {
    const auto response = api->call("POST", "/api/message/send", one(changes));
    BOOST_TEST_REQUIRE(response.status == 202U, response.body);
    return json::parse(response.body).at("message").as_object();
  }
  std::string send_id(const json::object& changes = {}) const {
    return std::string(send(changes).at("id").as_string());
  }

  json::object find(const std::string& id) const {
    return api->object("GET", "/api/message/" + id).at("message").as_object();
  }
  std::string state(const std::string& id) const { return std::string(find(id).at("state").as_string()); }
  /// Whether it comes to this within ten seconds.
  bool becomes(const std::string& id, const std::string& wanted) const {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (state(id) != wanted) {
      if (std::chrono::steady_clock::now() > end) {
        BOOST_TEST_MESSAGE(json::serialize(find(id)));
        return false;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return true;
  }

  void fault(const std::string& fault, int times = 0) {
    simulator.add_fault(R"({"path":"/","times":)" + std::to_string(times) + R"(,"fault":)" + fault + "}");
  }

  host::EngineOptions engine_options() {
    host::EngineOptions options{this->options(), {MESSENGER_PLUGIN_DIR}, {}};
    options.dispatcher = dispatcher_;
    options.delivery.attempt_ended = [this](const std::string& messenger, loader::Outcome outcome,
                                            std::chrono::milliseconds took) {
      metrics.attempt_ended(messenger, outcome, took);
    };
    return options;
  }

  ErrorOutput log_output_{directory.path("log")};
  host::Log log{host::Log::Format::text, loader::LogLevel::debug};
  const host::Dispatcher::Options dispatcher_;
  simulator::Simulator simulator;
  host::Metrics metrics;
  std::optional<host::Engine> engine;
  std::optional<RouterClient> api;
};

}  // namespace messenger::test
