// SPDX-License-Identifier: Apache-2.0
#include "cli/serve.hpp"

#include <signal.h>

#include <iostream>

#include "cli/host.hpp"
#include "cli/interrupt.hpp"
#include "cli/reload.hpp"

namespace messenger::host::cli {

namespace {

// For whoever started the host, a script too: where it listens, and a key that is shown this once.
void announce(const Host& host) {
  std::cout << "messenger-host listens on " << host.url() << '\n';
  if (!host.generated_key().empty()) {
    std::cout << "API key, shown this once: " << host.generated_key() << '\n';
  }
  if (!host.metrics_url().empty()) {
    std::cout << "Metrics for Prometheus: " << host.metrics_url() << '\n';
  }
  std::cout.flush();
}

}  // namespace

int serve(const ServeArguments& arguments, const std::function<ServeArguments()>& read_again) {
  static_cast<void>(::signal(SIGPIPE, SIG_IGN));  // whoever read the log may go, the host stays
  auto signals = stop_signals();
  signals.push_back(SIGHUP);
  block_signals(signals);
  Log log(arguments.log_format == "json" ? Log::Format::json : Log::Format::text, level_of(arguments.log_level));
  Interrupt interrupt(signals);
  Host host(arguments, log);
  announce(host);
  while (interrupt.wait() == SIGHUP) {
    reload(
        arguments, read_again, [&host](const ServeArguments& wanted) { host.reload(wanted); }, log);
  }
  log.info("Stopping.");
  const bool clean = host.stop(from_seconds(arguments.drain_timeout));
  log.info(clean ? "Stopped." : "Stopped, and cut off what did not end in time.");
  return success;
}

}  // namespace messenger::host::cli
