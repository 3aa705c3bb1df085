// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace messenger::common {

// Parts of a JSON text as they were written, so that numbers keep their digits. All of these want a valid document:
// read_reply says whether it is one.

/// The value of a member of this object, the last one of that name; absent (data() == nullptr) when it has none, or is
/// no object.
std::string_view json_member(std::string_view object, std::string_view name) noexcept;

/// Takes the first element off a rest of an array, which starts as the whole array; absent when none is left, or when
/// it is no array.
std::string_view take_json_element(std::string_view& rest) noexcept;

/// The value without the blanks between its parts, and so on one line.
std::string compact_json(std::string_view value);

/// The characters of a JSON string; empty for any other value. Leaves no copy behind, so that the text may be wiped.
std::string json_text(std::string_view value);

}  // namespace messenger::common
