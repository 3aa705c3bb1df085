// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "api/route.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// GET /api/tenant, GET, PUT and PATCH /api/tenant/{tenantId}: the settings of this host's one tenant, with
/// FusionAuth's names: https://fusionauth.io/docs/apis/tenants. `store` outlives the routes.
std::vector<Route> tenant_routes(Store& store);

}  // namespace messenger::host
