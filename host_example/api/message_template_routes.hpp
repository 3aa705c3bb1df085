// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "api/route.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// /api/message/template…: https://fusionauth.io/docs/apis/message-templates. `store` outlives the routes.
std::vector<Route> message_template_routes(Store& store);

}  // namespace messenger::host
