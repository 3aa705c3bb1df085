// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "api/route.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// GET /health: 200 {"status":"ok"} while the store answers, else 503 or 500. For load balancers; needs no key.
std::vector<Route> health_routes(Store& store);

}  // namespace messenger::host
