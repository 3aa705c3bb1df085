// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/error.hpp>
#include <boost/json/value.hpp>
#include <string_view>

namespace messenger::host {

/// Parses one JSON value with every double exactly the nearest to its text, which Boost.JSON 1.81 itself misses for one
/// in five long ones. An integer that needs more than 64 bits is an error, not_exact, and no other number. `read` is
/// how far it came. Null after an error.
boost::json::value parse_exactly(std::string_view text, std::size_t& read, boost::json::error_code& error);

}  // namespace messenger::host
