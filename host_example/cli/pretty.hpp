// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/value.hpp>
#include <iosfwd>

namespace messenger::host::cli {

/// JSON with a member a line, for people.
void print_pretty(std::ostream& out, const boost::json::value& value);

}  // namespace messenger::host::cli
