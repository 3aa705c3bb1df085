// SPDX-License-Identifier: Apache-2.0
// Whether a type that a plugin offers can be used.
#ifndef MESSENGER_LOADER_SRC_DESCRIPTOR_HPP
#define MESSENGER_LOADER_SRC_DESCRIPTOR_HPP

#include <memory>
#include <messenger/loader/options.hpp>
#include <string>
#include <vector>

#include "library.hpp"
#include "plugin_type.hpp"

namespace messenger::loader {

using PluginTypes = std::vector<std::shared_ptr<const PluginType>>;

/// All types of a plugin; empty with the reason when one of them, or the entry itself, is not as the ABI has it: what
/// gets one table wrong is not trusted with the others.
PluginTypes read_types(PluginEntry entry, const std::filesystem::path& file, const std::vector<Service>& services,
                       std::string& problem);

}  // namespace messenger::loader

#endif
