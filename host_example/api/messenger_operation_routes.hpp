// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <vector>

#include "api/route.hpp"
#include "delivery/operations.hpp"

namespace messenger::host {

/// /api/messenger/{messengerId}/operation: what a messenger can do beside sending, and running it. `operations`
/// outlives the routes; `timeout` is that of a call.
std::vector<Route> messenger_operation_routes(Operations& operations, std::chrono::milliseconds timeout);

}  // namespace messenger::host
