// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/serve.hpp"
#include "runtime/log.hpp"

namespace messenger::host::cli {

/// The options that differ and count from the next start on only, by name.
std::vector<std::string> need_restart(const Settings& running, const Settings& wanted);

/// Reads the settings again and has them applied: the log's level here, the rest by `apply`. With settings that cannot
/// be read all stays as it is; the log says why, and which options wait for a restart.
void reload(const ServeArguments& running, const std::function<ServeArguments()>& read_again,
            const std::function<void(const ServeArguments&)>& apply, Log& log);

/// "debug", "info", "warning", "error".
loader::LogLevel level_of(const std::string& name);

}  // namespace messenger::host::cli
