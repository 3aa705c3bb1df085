#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <chrono>
#include <csignal>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "simulator/options.hpp"
#include "simulator/simulator.hpp"

namespace {

namespace simulator = messenger::simulator;

constexpr int usage_error = 2;

/// The arguments as they were typed.
struct Arguments {
  simulator::Options options;
  std::vector<std::string> accounts;
  std::vector<std::string> api_keys;
  unsigned step_ms = 200;
};

void declare(CLI::App& app, Arguments& arguments) {
  app.add_option("--listen", arguments.options.listen, "Loopback address and port; port 0 takes a free one")
      ->capture_default_str();
  app.add_option("--account", arguments.accounts, "AC…:token, repeatable; without any, everybody is let in");
  app.add_option("--api-key", arguments.api_keys, "SK…:secret@AC…, repeatable; the account must be given as well");
  app.add_option("--step-ms", arguments.step_ms, "How long a message keeps each status; 0 = it keeps its first one")
      ->capture_default_str();
  app.add_option("--rate", arguments.options.rate, "Messages that an account may create in a second; 0 = any number")
      ->capture_default_str();
  app.add_option("--callback-retries", arguments.options.callback_retries,
                 "How often a status callback without an answer, or with a 5xx, is posted again")
      ->capture_default_str();
  app.add_option("--cert", arguments.options.certificate_file,
                 "PEM certificate chain; with --key the server speaks TLS");
  app.add_option("--key", arguments.options.key_file, "PEM private key");
  app.add_option("--client-ca", arguments.options.client_ca_file,
                 "PEM certificates; only clients that they vouch for are served");
}

simulator::Options read(Arguments arguments) {
  simulator::Options options = std::move(arguments.options);
  options.step = std::chrono::milliseconds{arguments.step_ms};
  for (const std::string& text : arguments.accounts) options.accounts.push_back(simulator::parse_account(text));
  for (const std::string& text : arguments.api_keys) options.api_keys.push_back(simulator::parse_api_key(text));
  return options;
}

void serve_until_signalled(simulator::Options options) {
  simulator::Simulator provider{std::move(options)};
  // Before the start, so that whoever has read the address can already stop the server in good order.
  boost::asio::io_context context;
  boost::asio::signal_set signals{context, SIGINT, SIGTERM};
  signals.async_wait([](const boost::system::error_code&, int) {});
  provider.start();
  std::cout << provider.url() << std::endl;
  context.run();
}

int run(int argc, char** argv) {
  CLI::App app{"Stands in for Twilio and for a webhook receiver, with faults on request", "provider-simulator"};
  Arguments arguments;
  declare(app, arguments);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    return app.exit(problem) == 0 ? 0 : usage_error;
  }
  serve_until_signalled(read(std::move(arguments)));
  return 0;
}

int report(const std::exception& problem, int exit_code) {
  std::cerr << "provider-simulator: " << problem.what() << '\n';
  return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::invalid_argument& problem) {
    return report(problem, usage_error);
  } catch (const std::exception& problem) {
    return report(problem, 1);
  }
}
