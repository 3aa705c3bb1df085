// SPDX-License-Identifier: Apache-2.0
// What several commands, or a settings file, may say.
#pragma once

#include <CLI/App.hpp>

#include "cli/serve.hpp"
#include "runtime/network.hpp"
#include "store/store.hpp"

namespace messenger::host::cli {

void add_network_options(CLI::App& command, NetworkOptions& network);
void add_store_options(CLI::App& command, StoreOptions& store);
void add_serve_options(CLI::App& command, ServeArguments& arguments);

/// Throws std::invalid_argument that names two options that contradict each other.
void check_serve_options(const ServeArguments& arguments);

/// Every option of this command with what it has been given, else with its default.
Settings settings_of(const CLI::App& command);

}  // namespace messenger::host::cli
