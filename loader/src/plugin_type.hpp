// SPDX-License-Identifier: Apache-2.0
// One type of messenger, checked.
#ifndef MESSENGER_LOADER_SRC_PLUGIN_TYPE_HPP
#define MESSENGER_LOADER_SRC_PLUGIN_TYPE_HPP

#include <messenger/plugin.h>

#include <memory>
#include <messenger/loader/plugin_file.hpp>

#include "schema_secrets.hpp"

namespace messenger::loader {

/// The plugin's table, which passed the loader's checks and stays mapped for ever, and copies of what it says.
struct PluginType {
  const msgr_plugin* table = nullptr;
  TypeInfo info;
  std::shared_ptr<const Schema> schema;
};

}  // namespace messenger::loader

#endif
