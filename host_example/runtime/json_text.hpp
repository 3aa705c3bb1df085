// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <variant>

namespace messenger::host {

/// The value, or one sentence that says where and why the text is not JSON or
/// has an integer of more than 64 bits.
std::variant<boost::json::value, std::string> parse_json(std::string_view text);

/// What becomes of members of an object that are null, at any depth; in an array null keeps its place.
enum class Nulls { kept, left_out };

/// JSON text with the members of every object sorted by name, and numbers as people write them (1.5, not 1.5E0).
std::string to_sorted_text(const boost::json::value& value, Nulls nulls = Nulls::kept);

}  // namespace messenger::host
