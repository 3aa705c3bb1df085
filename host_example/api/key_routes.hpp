// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "api/route.hpp"
#include "delivery/client_keys.hpp"

namespace messenger::host {

/// /api/key and /api/key/import, for client certificates: https://fusionauth.io/docs/apis/keys. `keys` outlives the
/// routes.
std::vector<Route> key_routes(ClientKeys& keys);

}  // namespace messenger::host
