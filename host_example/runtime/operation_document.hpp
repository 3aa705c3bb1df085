// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <messenger/loader/operation.hpp>
#include <string_view>

namespace messenger::host {

/// An entry of a catalogue: name, summary, safe, list, inputSchema and, where there is one, outputSchema.
boost::json::object describe(const loader::Operation& operation);

/// Null when there is none of this name.
const loader::Operation* find_operation(const loader::Operations& operations, std::string_view name);

}  // namespace messenger::host
