// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_LOADER_SRC_JSON_CHECK_HPP
#define MESSENGER_LOADER_SRC_JSON_CHECK_HPP

#include <string_view>

namespace messenger::loader {

/// Whether the text is one whole JSON value in UTF-8, nested at most 64 deep. Throws std::bad_alloc.
bool is_json(std::string_view text);

}  // namespace messenger::loader

#endif
