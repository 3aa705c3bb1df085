// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "api/route.hpp"
#include "delivery/one_time_codes.hpp"

namespace messenger::host {

/// POST /api/two-factor/start, /api/two-factor/send/{twoFactorId} and /api/two-factor/login:
/// https://fusionauth.io/docs/apis/two-factor. The twoFactorId is what proves that send and login may be called.
/// `codes` outlives the routes.
std::vector<Route> two_factor_routes(OneTimeCodes& codes);

/// The answer to a send: nothing that a provider said, because whoever reads it may be anybody.
Response sent_response(const TwoFactorSent& sent);

/// The JSON Schemas of their requests, by name.
boost::json::object two_factor_schemas();

}  // namespace messenger::host
