// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

namespace messenger::host {

/// Makes a file of mode 0600 that appears whole and durable, or not at all. False when something has that name already.
/// Throws StoreError that names the file.
bool make_file(const std::filesystem::path& path, std::string_view text);

}  // namespace messenger::host
