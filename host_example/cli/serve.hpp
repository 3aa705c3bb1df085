// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "api/server.hpp"
#include "cli/command.hpp"
#include "delivery/dispatcher.hpp"
#include "delivery/messages.hpp"
#include "store/store.hpp"

namespace messenger::host::cli {

/// Options as they were said, by name ("--listen").
using Settings = std::map<std::string, std::vector<std::string>>;

/// How `serve` runs. Durations of ServerOptions are set by seconds on the command line.
struct ServeArguments : CommonOptions {
  /// Public addresses over https only: whoever may make a messenger could else read this machine's services.
  ServeArguments() {
    network.allow_ranges.clear();
    network.http_ranges.clear();
  }

  NetworkOptions network;
  ServerOptions server;
  StoreOptions store;
  Dispatcher::Options dispatch;  ///< its durations are set by seconds
  Messages::Options messages;
  double keep_messages = 40;  ///< days
  double lease_margin = 10, shortest_pause = 0.5, longest_pause = 60, shortest_break = 5, longest_break = 60;
  std::vector<double> look_after{2, 15, 60};
  double code_wait = 5;
  std::string metrics_listen;       ///< empty = no metrics
  std::string api_key_file;         ///< empty = MESSENGER_HOST_API_KEY, else one is generated
  std::string public_url;           ///< where providers reach this host; empty = no receipts are taken
  double receipt_rate = 100;        ///< of one messenger, a second
  std::string log_format = "text";  ///< or "json"
  std::string log_level = "info";   ///< debug, info, warning, error
  double header_timeout = 10, body_timeout = 30, idle_timeout = 60, send_timeout = 20, drain_timeout = 30;  ///< seconds
  std::int64_t event_log_entries = 10'000;
  Settings said;  ///< all of these
};

/// Runs the host until SIGINT or SIGTERM. At SIGHUP `read_again` says what the settings are now, or throws
/// std::exception.
int serve(const ServeArguments& arguments, const std::function<ServeArguments()>& read_again);

}  // namespace messenger::host::cli
