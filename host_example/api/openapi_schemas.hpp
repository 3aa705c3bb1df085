// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <messenger/loader/plugin_file.hpp>
#include <vector>

namespace messenger::host {

/// Every schema that a RouteDocument names, by its name; a messenger's is made from what the plugins declare.
boost::json::object openapi_schemas(const std::vector<loader::TypeInfo>& types);

}  // namespace messenger::host
