// SPDX-License-Identifier: Apache-2.0
// UTF-8 at the border: checked on the way in, repaired on the way out.
#ifndef MESSENGER_LOADER_SRC_UTF8_HPP
#define MESSENGER_LOADER_SRC_UTF8_HPP

#include <messenger/plugin.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace messenger::loader {

/// Whether the text is well-formed UTF-8.
bool is_utf8(std::string_view text) noexcept;

/// Replaces `out` by `text` with each invalid byte turned into U+FFFD, cut between characters to at most `limit` bytes.
/// Reuses the capacity of `out`.
void repair_utf8(std::string& out, std::string_view text, std::size_t limit);

/// A string of the ABI as a view; absent, and a NULL pointer with any length, is empty.
inline std::string_view view(msgr_str text) noexcept {
  return text.ptr == nullptr ? std::string_view{} : std::string_view{text.ptr, text.len};
}

/// The other way round. The view must have a data pointer to count as present.
inline msgr_str abi(std::string_view text) noexcept {
  return {text.data(), text.size()};
}

}  // namespace messenger::loader

#endif
