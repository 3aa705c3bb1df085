// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/api_keys.hpp"

namespace messenger::host {

/// Throws std::invalid_argument for what is no path of the API, and for a method that it does not have.
void check_endpoints(const Endpoints& endpoints);

/// Whether one of them allows the method and the path, whole segments compared, as the router reads them.
bool allows(const Endpoints& endpoints, const Request& request);

}  // namespace messenger::host
