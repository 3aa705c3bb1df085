// SPDX-License-Identifier: Apache-2.0
#include "cli/reload.hpp"

#include <algorithm>
#include <array>
#include <boost/algorithm/string/join.hpp>

namespace messenger::host::cli {

namespace {

constexpr std::array applied_at_once{"--log-level",        "--slots",          "--slots-per-messenger",
                                     "--failures-to-open", "--lease-margin",   "--shortest-pause",
                                     "--longest-pause",    "--shortest-break", "--longest-break",
                                     "--look-after",       "--keep-messages"};

bool is_applied_at_once(const std::string& name) {
  return std::find(applied_at_once.begin(), applied_at_once.end(), name) != applied_at_once.end();
}

}  // namespace

std::vector<std::string> need_restart(const Settings& running, const Settings& wanted) {
  std::vector<std::string> names;
  for (const auto& [name, value] : wanted) {
    const auto before = running.find(name);
    if (!is_applied_at_once(name) && (before == running.end() || before->second != value)) {
      names.push_back(name);
    }
  }
  return names;
}

void reload(const ServeArguments& running, const std::function<ServeArguments()>& read_again,
            const std::function<void(const ServeArguments&)>& apply, Log& log) {
  try {
    const ServeArguments wanted = read_again();
    const auto waiting = need_restart(running.said, wanted.said);
    apply(wanted);
    log.set_level(level_of(wanted.log_level));
    log.info("The settings were read again.");
    if (!waiting.empty()) {
      log.warning("These options count from the next start on.", {{"options", boost::algorithm::join(waiting, ", ")}});
    }
  } catch (const std::exception& error) {
    log.error("The settings stay as they were: " + std::string(error.what()));
  }
}

loader::LogLevel level_of(const std::string& name) {
  return name == "debug"     ? loader::LogLevel::debug
         : name == "warning" ? loader::LogLevel::warning
         : name == "error"   ? loader::LogLevel::error
                             : loader::LogLevel::info;
}

}  // namespace messenger::host::cli
