// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "api/route.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// /api/message/type[/{messageTypeId}]: the kinds of message, each with the messengers that carry it. `store` outlives
/// the routes.
std::vector<Route> message_type_routes(Store& store);

}  // namespace messenger::host
