// SPDX-License-Identifier: Apache-2.0
#include "cli/host.hpp"

#include <cstdlib>

#include "api/event_log_routes.hpp"
#include "api/health_routes.hpp"
#include "api/key_routes.hpp"
#include "api/message_routes.hpp"
#include "api/message_template_routes.hpp"
#include "api/message_type_routes.hpp"
#include "api/messenger_operation_routes.hpp"
#include "api/messenger_routes.hpp"
#include "api/messenger_test_routes.hpp"
#include "api/openapi.hpp"
#include "api/receipt_routes.hpp"
#include "api/tenant_routes.hpp"
#include "api/two_factor_method_routes.hpp"
#include "api/two_factor_routes.hpp"
#include "api/user_routes.hpp"
#include "cli/serve_options.hpp"
#include "delivery/tenant.hpp"

namespace messenger::host::cli {

namespace {

// A key in the environment can be read by whoever may read a file of the same user; on a command line by everybody.
std::optional<std::string> given_key(const ServeArguments& arguments) {
  if (!arguments.api_key_file.empty()) {
    return read_file(arguments.api_key_file);
  }
  const char* const key = std::getenv("MESSENGER_HOST_API_KEY");
  return key == nullptr ? std::nullopt : std::optional<std::string>(key);
}

EngineOptions with_metrics(EngineOptions options, Metrics& metrics) {
  options.delivery.attempt_ended = [&metrics](const std::string& messenger_id, loader::Outcome outcome,
                                              std::chrono::milliseconds took) {
    metrics.attempt_ended(messenger_id, outcome, took);
  };
  return options;
}

}  // namespace

Host::Host(const ServeArguments& arguments, const Log& log)
    : engine_(with_metrics(engine_options(arguments), metrics_), log),
      operations_(engine_.messengers(), engine_.runtime(), log),
      codes_(engine_.store(), engine_.code_outlet()),
      methods_(engine_.store(), codes_),
      keys_(engine_.store()),
      router_([this](const Request& request) { return keys_.authorize(request); }, log),
      metrics_router_([](const Request&) { return false; }, log) {
  ensure_tenant(engine_.store());
  const Delivery::Options options = engine_options(arguments).delivery;
  test_send_.emplace(engine_.runtime(), engine_.store(), log, options);
  add_routes(options);
  metrics_router_.add(metrics_routes(metrics_, engine_));
  const auto key = given_key(arguments);
  if (key) {
    bootstrap(key, log);  // before anybody comes with it
  }
  server_.emplace(server_options(arguments), router_, log);
  if (!arguments.metrics_listen.empty()) {
    metrics_server_.emplace(metrics_options(arguments), metrics_router_, log);
  }
  if (!key) {
    bootstrap(key, log);  // when nothing can fail any more: a key that was made is never shown again
  }
}

void Host::bootstrap(const std::optional<std::string>& key, const Log& log) {
  const auto [made, revoked] = keys_.bootstrap(key);
  generated_key_ = made;
  if (revoked) {
    log.warning("The API key that was given is revoked, and stays so.");
  }
}

void Host::add_routes(const Delivery::Options& options) {
  Store& store = engine_.store();
  router_.observe([this](const std::string& method, const std::string& route, unsigned status,
                         std::chrono::microseconds took) { metrics_.request_answered(method, route, status, took); });
  router_.add(messenger_routes(engine_.messengers()));
  router_.add(messenger_test_routes(engine_.messengers(), *test_send_));
  router_.add(messenger_operation_routes(operations_, options.timeout));
  router_.add(receipt_routes(engine_.receipts(),
                             [this](ReceiptIntake::Verdict verdict) { metrics_.receipt_answered(verdict); }));
  router_.add(key_routes(engine_.client_keys()));
  router_.add(message_template_routes(store));
  router_.add(message_routes(engine_.messages(), engine_.dispatcher(), store));
  router_.add(message_type_routes(store));
  router_.add(tenant_routes(store));
  router_.add(user_routes(store));
  router_.add(two_factor_routes(codes_));
  router_.add(two_factor_method_routes(methods_));
  router_.add(event_log_routes(store));
  router_.add(health_routes(store));
  router_.add(openapi_routes(router_, engine_.runtime()));
}

void Host::reload(const ServeArguments& arguments) {
  engine_.dispatcher().set_options(dispatch_options(arguments));
  engine_.reload();
}

Host::~Host() {
  stop(std::chrono::milliseconds(0));
}

// In the order in which answers depend on each other: a request's may wait for a message's.
bool Host::stop(std::chrono::milliseconds within) {
  if (!test_send_) {
    return true;
  }
  const auto end = std::chrono::steady_clock::now() + within;
  metrics_server_.reset();
  const bool answered = server_->stop(within);
  test_send_.reset();
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
  return engine_.stop(left) && answered;
}

}  // namespace messenger::host::cli
