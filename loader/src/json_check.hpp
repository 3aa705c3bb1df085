// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_LOADER_SRC_JSON_CHECK_HPP
#define MESSENGER_LOADER_SRC_JSON_CHECK_HPP

#include <cstddef>
#include <string_view>

namespace messenger::loader {

/// How deep an output may be nested.
inline constexpr std::size_t deepest_output = 64;
/// How deep a schema may be nested: as deep as Boost.JSON parses when nothing is said, as hosts will.
inline constexpr std::size_t deepest_schema = 32;

/// Whether the text is one whole JSON value in UTF-8, nested no deeper than that. Throws std::bad_alloc.
bool is_json(std::string_view text, std::size_t deepest);

}  // namespace messenger::loader

#endif
