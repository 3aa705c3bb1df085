// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace messenger::host::conformance {

/// The names that a whole ELF library of this machine gives to others, without those that every linker adds. Nothing
/// when the file has no table of sections.
std::optional<std::vector<std::string>> exported_symbols(const std::filesystem::path& library);

}  // namespace messenger::host::conformance
