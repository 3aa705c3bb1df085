// SPDX-License-Identifier: Apache-2.0
// What was said on the command line, as the parts of the host take it.
#pragma once

#include "api/server.hpp"
#include "cli/serve.hpp"
#include "delivery/engine.hpp"

namespace messenger::host::cli {

ServerOptions server_options(const ServeArguments& arguments);
/// Of the server of metrics alone.
ServerOptions metrics_options(const ServeArguments& arguments);
Dispatcher::Options dispatch_options(const ServeArguments& arguments);
/// Throws std::invalid_argument for a public URL that is none.
EngineOptions engine_options(const ServeArguments& arguments);

}  // namespace messenger::host::cli
