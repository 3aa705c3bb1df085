// SPDX-License-Identifier: Apache-2.0
#include "store/secret_key.hpp"

#include <new>

#include "store/store_error.hpp"

namespace messenger::host {

SecretKey::SecretKey() {
  if (::sodium_init() < 0) {
    throw StoreError("libsodium could not be initialized.");
  }
  bytes_.reset(static_cast<unsigned char*>(::sodium_malloc(size)));
  if (!bytes_) {
    throw std::bad_alloc();
  }
  ::sodium_memzero(bytes_.get(), size);
}

}  // namespace messenger::host
