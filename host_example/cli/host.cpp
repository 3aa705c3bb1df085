// SPDX-License-Identifier: Apache-2.0
#include "cli/host.hpp"

#include "api/health_routes.hpp"

namespace messenger::host::cli {

namespace {

ServerOptions server_options(const ServeArguments& arguments) {
  ServerOptions options = arguments.server;
  options.header_timeout = from_seconds(arguments.header_timeout);
  options.body_timeout = from_seconds(arguments.body_timeout);
  options.idle_timeout = from_seconds(arguments.idle_timeout);
  return options;
}

loader::LogFunction log_function(const Log& log) {
  return [&log](loader::LogLevel level, std::string_view who, std::string_view text) {
    log.write(level, text, {{"who", who}});
  };
}

}  // namespace

Host::Host(const ServeArguments& arguments, const Log& log)
    : log_(log),
      store_(arguments.store),
      runtime_(arguments.plugin_directories, log_function(log), arguments.network),
      router_([](const Request&) { return false; }, log) {
  router_.add(health_routes(store_));
  server_.emplace(server_options(arguments), router_, log);
}

bool Host::stop(std::chrono::milliseconds within) {
  const auto end = std::chrono::steady_clock::now() + within;
  const bool answered = server_->stop(within);
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
  const auto report = runtime_.registry().shutdown(std::max(left, std::chrono::milliseconds(1'000)));
  return answered && report.parked == 0;
}

}  // namespace messenger::host::cli
