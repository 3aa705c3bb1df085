// SPDX-License-Identifier: Apache-2.0
#include "cli/host.hpp"

#include <algorithm>
#include <cstdlib>

#include "api/event_log_routes.hpp"
#include "api/health_routes.hpp"
#include "api/key_routes.hpp"
#include "api/message_template_routes.hpp"
#include "api/messenger_operation_routes.hpp"
#include "api/messenger_routes.hpp"
#include "api/messenger_test_routes.hpp"
#include "api/openapi.hpp"
#include "api/receipt_routes.hpp"
#include "api/tenant_routes.hpp"
#include "api/two_factor_method_routes.hpp"
#include "api/two_factor_routes.hpp"
#include "api/user_routes.hpp"
#include "delivery/receipt_url.hpp"
#include "delivery/tenant.hpp"

namespace messenger::host::cli {

namespace {

// Every open attempt gets its outcome, even if the requests took all the time.
constexpr std::chrono::milliseconds least_for_messages{1'000};

ServerOptions server_options(const ServeArguments& arguments) {
  ServerOptions options = arguments.server;
  options.header_timeout = from_seconds(arguments.header_timeout);
  options.body_timeout = from_seconds(arguments.body_timeout);
  options.idle_timeout = from_seconds(arguments.idle_timeout);
  return options;
}

// A key in the environment can be read by whoever may read a file of the same user; on a command line by everybody.
std::optional<std::string> given_key(const ServeArguments& arguments) {
  if (!arguments.api_key_file.empty()) {
    return read_file(arguments.api_key_file);
  }
  const char* const key = std::getenv("MESSENGER_HOST_API_KEY");
  return key == nullptr ? std::nullopt : std::optional<std::string>(key);
}

loader::LogFunction log_function(const Log& log) {
  return [&log](loader::LogLevel level, std::string_view who, std::string_view text) {
    log.write(level, text, {{"who", who}});
  };
}

}  // namespace

Host::Host(const ServeArguments& arguments, const Log& log)
    : store_(arguments.store),
      runtime_(arguments.plugin_directories, log_function(log), with_proxy_password(arguments.network)),
      client_keys_(store_, runtime_.certificates()),
      messengers_(runtime_, store_, log),
      operations_(messengers_, runtime_, log),
      codes_(store_,
             [this](const std::string& messenger_id, OutgoingMessage message, Delivery::Done done) {
               delivery_->send(messenger_id, std::move(message), std::move(done));
             }),
      methods_(store_, codes_),
      keys_(store_),
      router_([this](const Request& request) { return keys_.authorize(request); }, log) {
  ensure_tenant(store_);
  const Delivery::Options options{from_seconds(arguments.send_timeout), arguments.event_log_entries,
                                  checked_public_url(arguments.public_url)};
  delivery_.emplace(messengers_, runtime_, store_, log, options);
  test_send_.emplace(runtime_, store_, log, options);
  receipts_.emplace(runtime_, store_, log,
                    ReceiptIntake::Options{options.public_url, arguments.receipt_rate, options.event_log_entries});
  add_routes(options);
  server_.emplace(server_options(arguments), router_, log);
  bootstrap(arguments, log);
}

// Last, when nothing can fail any more: a key that was made is never shown again.
void Host::bootstrap(const ServeArguments& arguments, const Log& log) {
  const auto [made, revoked] = keys_.bootstrap(given_key(arguments));
  generated_key_ = made;
  if (revoked) {
    log.warning("The API key that was given is revoked, and stays so.");
  }
}

void Host::add_routes(const Delivery::Options& options) {
  router_.add(messenger_routes(messengers_));
  router_.add(messenger_test_routes(messengers_, *test_send_));
  router_.add(messenger_operation_routes(operations_, options.timeout));
  router_.add(receipt_routes(*receipts_));
  router_.add(key_routes(client_keys_));
  router_.add(message_template_routes(store_));
  router_.add(tenant_routes(store_));
  router_.add(user_routes(store_));
  router_.add(two_factor_routes(codes_));
  router_.add(two_factor_method_routes(methods_));
  router_.add(event_log_routes(store_));
  router_.add(health_routes(store_));
  router_.add(openapi_routes(router_, runtime_));
}

Host::~Host() {
  stop(std::chrono::milliseconds(0));
}

// In the order in which answers depend on each other: a request's may wait for a message's.
bool Host::stop(std::chrono::milliseconds within) {
  if (!delivery_) {
    return true;
  }
  const auto end = std::chrono::steady_clock::now() + within;
  const bool answered = server_->stop(within);
  test_send_.reset();
  receipts_.reset();
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
  const auto report = runtime_.registry().shutdown(std::max(left, least_for_messages));
  delivery_.reset();
  return answered && report.parked == 0;
}

}  // namespace messenger::host::cli
