// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "store/secret_key.hpp"

namespace messenger::host {

/// Makes what is kept unreadable without the key. [any thread]
class Sealing {
 public:
  explicit Sealing(const SecretKey& master);

  /// XChaCha20-Poly1305 with a random nonce, in base64. It opens only in the same place ("messenger/ID"), so that rows
  /// cannot be swapped.
  std::string seal(std::string_view place, std::string_view text) const;
  /// Throws StoreError when it was sealed with another key or for another place, or was changed.
  std::string open(std::string_view place, std::string_view sealed) const;

  /// As Store::digest.
  std::string digest(std::string_view purpose, std::string_view text) const;

 private:
  SecretKey seal_key_, digest_key_;
};

}  // namespace messenger::host
