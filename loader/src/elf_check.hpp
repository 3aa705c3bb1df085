// SPDX-License-Identifier: Apache-2.0
// A reason in words before dlopen gives one in jargon, or a truncated file ends the process.
#ifndef MESSENGER_LOADER_SRC_ELF_CHECK_HPP
#define MESSENGER_LOADER_SRC_ELF_CHECK_HPP

#include <string>

#include "open_file.hpp"

namespace messenger::loader {

enum class ElfFlaw { none, unreadable, no_elf, other_machine, truncated };

/// Why a file is no shared library for this machine; ElfFlaw::none = it looks like one.
struct ElfProblem {
  ElfFlaw flaw = ElfFlaw::none;
  std::string text;
};

ElfProblem find_elf_problem(const OpenFile& file);
ElfProblem find_elf_problem(const std::string& path);

}  // namespace messenger::loader

#endif
