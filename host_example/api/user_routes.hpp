// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "api/route.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// /api/user and /api/user/{userId}: https://fusionauth.io/docs/apis/users. As there, DELETE deactivates unless
/// ?hardDelete=true, and PUT with ?reactivate=true activates. `store` outlives the routes.
std::vector<Route> user_routes(Store& store);

}  // namespace messenger::host
