// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_DETAIL_EIGHT_BYTES_HPP
#define MESSENGER_DETAIL_EIGHT_BYTES_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace messenger::detail {

inline constexpr std::uint64_t each_byte = 0x0101010101010101U;

/// Not zero when one of the eight bytes is below the limit, which is at most 0x80.
constexpr std::uint64_t any_below(std::uint64_t eight, unsigned limit) noexcept {
  return (eight - each_byte * limit) & ~eight & (each_byte * 0x80U);
}

/// Not zero when one of the eight bytes is this one.
constexpr std::uint64_t any_equal(std::uint64_t eight, unsigned char wanted) noexcept {
  return any_below(eight ^ (each_byte * wanted), 1);
}

/// How much of the text's front, in steps of eight bytes, holds nothing of what `has_any` finds in eight.
template <class HasAny>
constexpr std::size_t size_without(std::string_view text, HasAny has_any) noexcept {
  std::size_t size = 0;
  if (std::is_constant_evaluated()) {
    return size;  // the compiler cannot look at eight at once
  }
  for (std::uint64_t eight = 0; size + sizeof eight <= text.size(); size += sizeof eight) {
    std::memcpy(&eight, text.data() + size, sizeof eight);
    if (has_any(eight) != 0) {
      break;
    }
  }
  return size;
}

}  // namespace messenger::detail

#endif
