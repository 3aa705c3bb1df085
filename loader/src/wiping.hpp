// SPDX-License-Identifier: Apache-2.0
// Memory that held a secret is zeroed before anybody else can have it.
#ifndef MESSENGER_LOADER_SRC_WIPING_HPP
#define MESSENGER_LOADER_SRC_WIPING_HPP

#include <cstddef>
#include <cstring>
#include <memory>
#include <vector>

namespace messenger::loader {

/// An allocator that zeroes what it gives back, also when a vector grows out of it.
template <class T>
struct WipingAllocator {
  using value_type = T;

  WipingAllocator() = default;
  template <class U>
  explicit WipingAllocator(const WipingAllocator<U>&) noexcept {}

  T* allocate(std::size_t count) { return std::allocator<T>{}.allocate(count); }
  void deallocate(T* at, std::size_t count) noexcept {
    explicit_bzero(at, count * sizeof(T));
    std::allocator<T>{}.deallocate(at, count);
  }
  friend bool operator==(const WipingAllocator&, const WipingAllocator&) noexcept { return true; }
};

/// A vector and not a string: a short string would hold its text in itself, where no allocator sees it.
using SecretText = std::vector<char, WipingAllocator<char>>;

}  // namespace messenger::loader

#endif
