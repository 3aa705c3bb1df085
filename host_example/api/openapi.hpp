// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <messenger/loader/plugin_file.hpp>
#include <vector>

#include "api/router.hpp"
#include "runtime/runtime.hpp"

namespace messenger::host {

/// The OpenAPI 3.1 document of these routes, with a schema for a messenger of each of these types.
boost::json::object openapi_document(const std::vector<Route>& routes, const std::vector<loader::TypeInfo>& types);

/// GET /api/openapi.json, made anew for each request: plugins come while the host runs. Needs no key.
std::vector<Route> openapi_routes(const Router& router, Runtime& runtime);

}  // namespace messenger::host
