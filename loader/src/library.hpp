// SPDX-License-Identifier: Apache-2.0
// A plugin's shared library. The one place that knows Boost.DLL.
#ifndef MESSENGER_LOADER_SRC_LIBRARY_HPP
#define MESSENGER_LOADER_SRC_LIBRARY_HPP

#include <messenger/plugin.h>

#include <filesystem>
#include <string>

namespace messenger::loader {

using PluginEntry = const msgr_plugin* (*)(std::uint32_t index);

enum class LibraryFlaw { none, not_loaded, no_entry, other_major };

/// Why a library cannot be used.
struct LibraryProblem {
  LibraryFlaw flaw = LibraryFlaw::none;
  std::string text;
};

/// The plugin's entry of our ABI, or null with the problem. A library whose entry was found is never unloaded: its
/// tables, its code on other threads' stacks and its static destructors all outlive any moment at which we could know
/// that nobody needs them.
PluginEntry open_library(const std::filesystem::path& file, LibraryProblem& problem);

}  // namespace messenger::loader

#endif
