// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "api/route.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// /api/system/event-log: https://fusionauth.io/docs/apis/event-logs. `store` outlives the routes.
std::vector<Route> event_log_routes(Store& store);

}  // namespace messenger::host
