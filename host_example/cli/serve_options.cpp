// SPDX-License-Identifier: Apache-2.0
#include "cli/serve_options.hpp"

#include <cmath>

#include "delivery/receipt_url.hpp"

namespace messenger::host::cli {

ServerOptions server_options(const ServeArguments& arguments) {
  ServerOptions options = arguments.server;
  options.header_timeout = from_seconds(arguments.header_timeout);
  options.body_timeout = from_seconds(arguments.body_timeout);
  options.idle_timeout = from_seconds(arguments.idle_timeout);
  return options;
}

// Prometheus alone is to reach it, and is never many.
ServerOptions metrics_options(const ServeArguments& arguments) {
  ServerOptions options;
  options.listen = arguments.metrics_listen;
  options.max_connections = 16;
  options.workers = 1;
  return options;
}

Dispatcher::Options dispatch_options(const ServeArguments& arguments) {
  Dispatcher::Options options = arguments.dispatch;
  options.kept_for = std::chrono::hours(std::llround(24 * arguments.keep_messages));
  options.lease_margin = from_seconds(arguments.lease_margin);
  options.shortest_pause = from_seconds(arguments.shortest_pause);
  options.longest_pause = from_seconds(arguments.longest_pause);
  options.shortest_break = from_seconds(arguments.shortest_break);
  options.longest_break = from_seconds(arguments.longest_break);
  options.look_after.clear();
  for (const double seconds : arguments.look_after) {
    options.look_after.push_back(from_seconds(seconds));
  }
  return options;
}

EngineOptions engine_options(const ServeArguments& arguments) {
  EngineOptions options{arguments.store, arguments.plugin_directories, with_proxy_password(arguments.network)};
  options.delivery.timeout = from_seconds(arguments.send_timeout);
  options.delivery.event_log_entries = arguments.event_log_entries;
  options.delivery.public_url = checked_public_url(arguments.public_url);
  options.dispatcher = dispatch_options(arguments);
  options.messages = arguments.messages;
  options.receipt_rate = arguments.receipt_rate;
  options.code_wait = from_seconds(arguments.code_wait);
  return options;
}

}  // namespace messenger::host::cli
