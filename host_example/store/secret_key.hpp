// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sodium.h>

#include <memory>

namespace messenger::host {

/// 32 secret bytes in memory of libsodium's: between guard pages, not swapped out, and wiped when they go.
class SecretKey {
 public:
  static constexpr std::size_t size = 32;

  /// All zero. Throws std::bad_alloc.
  SecretKey();

  unsigned char* data() noexcept { return bytes_.get(); }
  const unsigned char* data() const noexcept { return bytes_.get(); }

 private:
  struct Free {
    void operator()(unsigned char* bytes) const noexcept { ::sodium_free(bytes); }
  };
  std::unique_ptr<unsigned char, Free> bytes_;
};

}  // namespace messenger::host
