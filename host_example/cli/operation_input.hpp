// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

namespace messenger::host::cli {

/// Puts name=value arguments into an operation's input. How a value is read its schema says: as a text, or as JSON
/// where it asks for a number, true or false, or an object; a name that stands several times, or of an array, is an
/// array. Throws std::runtime_error that names the argument.
void add_assignments(boost::json::object& input, const std::vector<std::string>& assignments,
                     const boost::json::object& schema);

}  // namespace messenger::host::cli
