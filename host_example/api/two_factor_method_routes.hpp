// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "api/route.hpp"
#include "delivery/two_factor_methods.hpp"

namespace messenger::host {

/// POST /api/two-factor/send, and POST and DELETE /api/user/two-factor/{userId}: a user's methods are added and removed
/// with a code that was sent to their number. https://fusionauth.io/docs/apis/two-factor. There are no recovery codes.
/// `methods` outlives the routes.
std::vector<Route> two_factor_method_routes(TwoFactorMethods& methods);

/// The JSON Schemas of their requests, by name.
boost::json::object two_factor_method_schemas();

}  // namespace messenger::host
