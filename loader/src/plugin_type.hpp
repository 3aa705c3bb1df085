// SPDX-License-Identifier: Apache-2.0
// One type of messenger, checked.
#ifndef MESSENGER_LOADER_SRC_PLUGIN_TYPE_HPP
#define MESSENGER_LOADER_SRC_PLUGIN_TYPE_HPP

#include <messenger/operations.h>
#include <messenger/receipts.h>

#include <memory>
#include <messenger/loader/plugin_file.hpp>
#include <vector>

#include "schema_secrets.hpp"

namespace messenger::loader {

/// The plugin's table, which passed the loader's checks and stays mapped for ever, and what it says. Schemas
/// stay where the plugin has them.
struct PluginType {
  const msgr_plugin* table = nullptr;
  TypeInfo info;
  std::shared_ptr<const Schema> schema;
  const msgr_operations* operations = nullptr;          ///< null when it offers none
  std::vector<std::shared_ptr<const Schema>> inputs{};  ///< of the operations, by index
  const msgr_receipts* receipts = nullptr;              ///< null when it reads none
};

}  // namespace messenger::loader

#endif
