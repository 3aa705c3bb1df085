// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "store/secret_key.hpp"

namespace messenger::host {

/// The master key of a file: 64 hex digits, mode 0600. Where there is none and `make` is set, one is made with a random
/// key; of several processes that do so at once, all get the same. Throws StoreError that names the file: missing, a
/// symbolic link, open to others, or not 64 digits.
SecretKey load_key(const std::filesystem::path& path, bool make);

}  // namespace messenger::host
