// SPDX-License-Identifier: Apache-2.0
// A plugin's shared library. The one place that knows Boost.DLL.
#ifndef MESSENGER_LOADER_SRC_LIBRARY_HPP
#define MESSENGER_LOADER_SRC_LIBRARY_HPP

#include <messenger/plugin.h>

#include <filesystem>
#include <string>

namespace messenger::loader {

using PluginEntry = const msgr_plugin* (*)(std::uint32_t index);

/// The plugin's entry of our ABI, or null with the reason. A library whose entry was found is never unloaded: its
/// tables, its code on other threads' stacks and its static destructors all outlive any moment at which we could know
/// that nobody needs them.
PluginEntry open_library(const std::filesystem::path& file, std::string& problem);

}  // namespace messenger::loader

#endif
