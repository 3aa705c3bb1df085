// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_TEXT_HPP
#define MESSENGER_TEXT_HPP

#include <messenger/plugin.h>

#include <string_view>

namespace messenger {

/// The view of an ABI string; an absent one, and a NULL pointer with any length, has data() == nullptr.
constexpr std::string_view to_view(msgr_str text) noexcept {
  return text.ptr == nullptr ? std::string_view{} : std::string_view{text.ptr, text.len};
}

/// The ABI string of a view; a view whose data() is nullptr is absent.
constexpr msgr_str to_str(std::string_view text) noexcept {
  return {text.data(), text.size()};
}

}  // namespace messenger

#endif
