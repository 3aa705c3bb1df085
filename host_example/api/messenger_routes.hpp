// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "api/route.hpp"
#include "delivery/messengers.hpp"

namespace messenger::host {

/// /api/messenger and /api/messenger/{messengerId}: https://fusionauth.io/docs/apis/messengers/. `messengers` outlives
/// the routes.
std::vector<Route> messenger_routes(Messengers& messengers);

}  // namespace messenger::host
