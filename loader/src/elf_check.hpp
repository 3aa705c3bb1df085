// SPDX-License-Identifier: Apache-2.0
// A reason in words before dlopen gives one in jargon, or a truncated file ends the process.
#ifndef MESSENGER_LOADER_SRC_ELF_CHECK_HPP
#define MESSENGER_LOADER_SRC_ELF_CHECK_HPP

#include <filesystem>
#include <string>

namespace messenger::loader {

/// Why this file is no shared library for this machine; empty = it looks like one.
std::string elf_problem(const std::filesystem::path& file);

}  // namespace messenger::loader

#endif
