// SPDX-License-Identifier: Apache-2.0
#include "cli/options.hpp"

#include <CLI/CLI.hpp>
#include <stdexcept>

#include "runtime/runtime.hpp"

namespace messenger::host::cli {

namespace {

void add_seconds(CLI::App& command, const char* name, double& seconds, const char* help) {
  command.add_option(name, seconds, help)->check(CLI::Range(0.001, 86'400.0))->capture_default_str()->group("Limits");
}

void add_serve_limits(CLI::App& command, ServeArguments& arguments) {
  auto& server = arguments.server;
  const auto add = [&command](const char* name, auto& value, const char* help, double least, double most) {
    command.add_option(name, value, help)->check(CLI::Range(least, most))->capture_default_str()->group("Limits");
  };
  add("--max-connections", server.max_connections, "One more is answered with 503", 1, 100'000);
  add("--max-header-bytes", server.max_header_bytes, "Of a request", 1'024, 1'048'576);
  add("--max-body-bytes", server.max_body_bytes, "Of a request", 1'024, 67'108'864);
  add("--workers", server.workers, "Threads that handle requests", 1, 256);
  add("--receipt-rate", arguments.receipt_rate, "Receipts of one messenger a second; ten times as many at once", 1,
      100'000);
  add("--event-log-entries", arguments.event_log_entries, "The newest that are kept", 1, 100'000'000);
  add_seconds(command, "--header-timeout", arguments.header_timeout, "Seconds for a request's header, and for TLS");
  add_seconds(command, "--body-timeout", arguments.body_timeout, "Seconds for a request's body, and for its answer");
  add_seconds(command, "--idle-timeout", arguments.idle_timeout, "Seconds between two requests of a connection");
  add_seconds(command, "--send-timeout", arguments.send_timeout, "Seconds until an attempt at a message is given up");
  add_seconds(command, "--drain-timeout", arguments.drain_timeout,
              "Seconds for what has begun when the host is stopped");
}

void add_outbox_options(CLI::App& command, ServeArguments& arguments) {
  const auto add = [&command](const char* name, auto& value, const char* help, double least, double most) {
    return command.add_option(name, value, help)
        ->check(CLI::Range(least, most))
        ->capture_default_str()
        ->group("Messages");
  };
  add("--slots", arguments.dispatch.slots, "Attempts at messages at once; a quarter is kept for codes", 4, 100'000);
  add("--slots-per-messenger", arguments.dispatch.slots_per_messenger, "Likewise, of one messenger", 4,
      most_sends_of_a_messenger);
  add("--message-lifetime", arguments.messages.lifetime_seconds,
      "Seconds after which a message is not sent any more that says nothing else itself", 1, 604'800);
  add("--keep-messages", arguments.keep_messages, "Days for which a message is kept after its last change", 1, 36'500);
  add("--failures-to-open", arguments.dispatch.failures_to_open,
      "Attempts through a messenger that fail in a row until it is left alone for a while", 1, 1'000);
  add("--lease-margin", arguments.lease_margin,
      "Seconds after an attempt's time until another host takes it for broken off", 0.1, 3'600);
  add("--shortest-pause", arguments.shortest_pause, "Seconds between two attempts at a message, at first", 0.01, 3'600);
  add("--longest-pause", arguments.longest_pause, "Seconds between two attempts at a message, in the end", 0.01,
      86'400);
  add("--shortest-break", arguments.shortest_break, "Seconds for which a messenger is left alone, at first", 0.01,
      3'600);
  add("--longest-break", arguments.longest_break, "Seconds for which a messenger is left alone, in the end", 0.01,
      86'400);
  add("--look-after", arguments.look_after,
      "Seconds after which a message in doubt is looked for at its provider, each after the look before", 0.01, 86'400)
      ->delimiter(',')
      ->allow_extra_args(false);
  add("--code-wait", arguments.code_wait, "Seconds for which who asks for a code waits to hear what became of it", 0.1,
      60);
  add("--max-database-bytes", arguments.store.most_bytes,
      "Of a SQLite database, beyond which nothing is accepted; 0 is the disk's", 0, 1e15);
  add("--database-connections", arguments.store.connections, "To PostgreSQL, beside one that listens", 1, 1'000);
}

}  // namespace

void add_network_options(CLI::App& command, NetworkOptions& network) {
  const auto add = [&command](const char* name, auto& value, const char* help) {
    return command.add_option(name, value, help)->group("Network");
  };
  const auto add_list = [&](const char* name, std::vector<std::string>& list, const char* help) {
    add(name, list, help)->delimiter(',')->allow_extra_args(false)->capture_default_str();
  };
  add_list("--allow-ranges", network.allow_ranges, "Connect to these besides public addresses");
  add_list("--http-ranges", network.http_ranges, "Use plain http to these");
  add("--proxy", network.proxy, "Go through this proxy, http://HOST:PORT or https");
  add("--proxy-username", network.proxy_username,
      "HTTP Basic user name for the proxy; its password is taken from MESSENGER_PROXY_PASSWORD");
  add_list("--no-proxy", network.no_proxy, "Reach these directly: names, addresses, ranges");
  add("--ca-file", network.ca_file, "PEM file of trusted roots in place of the system's");
}

void add_store_options(CLI::App& command, StoreOptions& store) {
  command
      .add_option(
          "--database", store.database,
          "sqlite:FILE, made when it is not there; or postgresql://USER@HOST/NAME, as libpq takes it. Everybody "
          "on the machine can read a command line: a password stands in this variable, or where libpq looks "
          "(PGPASSWORD, PGPASSFILE)")
      ->envname("MESSENGER_HOST_DATABASE")
      ->required();
  command.add_option("--key-file", store.key_file,
                     "The key that seals the database; else FILE.key, made with it. PostgreSQL: required, the same for "
                     "all hosts");
}

void add_serve_options(CLI::App& command, ServeArguments& arguments) {
  auto& server = arguments.server;
  command.add_option("--listen", server.listen, "ADDRESS:PORT; port 0 is any that is free")->capture_default_str();
  command.add_option("--metrics-listen", arguments.metrics_listen,
                     "ADDRESS:PORT of /metrics for Prometheus, over plain HTTP and without a key: one that only "
                     "Prometheus reaches, as 127.0.0.1:9012; else there are none");
  add_store_options(command, arguments.store);
  command.add_option("--api-key-file", arguments.api_key_file,
                     "A file with the first API key; else MESSENGER_HOST_API_KEY, else one is made and shown once");
  command.add_option("--public-url", arguments.public_url,
                     "Where providers reach this host, as https://sms.example.com; else no receipts are taken");
  command.add_option("--tls-certificate", server.tls_certificate, "PEM file, with its chain: serve https");
  command.add_option("--tls-key", server.tls_key, "PEM file of its private key");
  command
      .add_option("--plugin-dir", arguments.plugin_directories,
                  "A directory of plugins, before the installed ones; repeatable")
      ->allow_extra_args(false);
  command.add_option("--log-format", arguments.log_format, "text, or json: one object a line")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command.add_option("--log-level", arguments.log_level, "The least that is logged")
      ->check(CLI::IsMember({"debug", "info", "warning", "error"}))
      ->capture_default_str();
  add_serve_limits(command, arguments);
  add_outbox_options(command, arguments);
  add_network_options(command, arguments.network);
  command.fallthrough();  // --settings may stand after `serve`
}

void check_serve_options(const ServeArguments& arguments) {
  if (arguments.shortest_pause > arguments.longest_pause) {
    throw std::invalid_argument("--shortest-pause must not be longer than --longest-pause.");
  }
  if (arguments.shortest_break > arguments.longest_break) {
    throw std::invalid_argument("--shortest-break must not be longer than --longest-break.");
  }
}

Settings settings_of(const CLI::App& command) {
  Settings settings;
  for (const CLI::Option* const option : command.get_options()) {
    if (!option->get_lnames().empty() && option->get_configurable()) {
      const auto& given = option->results();
      settings["--" + option->get_lnames().front()] =
          given.empty() ? std::vector<std::string>{option->get_default_str()} : given;
    }
  }
  return settings;
}

}  // namespace messenger::host::cli
