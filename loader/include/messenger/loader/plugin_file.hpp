// SPDX-License-Identifier: Apache-2.0
// What discovery found.
#ifndef MESSENGER_LOADER_PLUGIN_FILE_HPP
#define MESSENGER_LOADER_PLUGIN_FILE_HPP

#include <filesystem>
#include <memory>
#include <messenger/loader/export.hpp>
#include <messenger/loader/operation.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace messenger::loader {

/// One candidate of Registry::load, or a directory that could not be read.
struct PluginFile {
  std::filesystem::path path;
  bool loaded = false;
  std::string reason = {};              ///< why it was refused; of a loaded one empty, or which file it is the same as
  std::vector<std::string> types = {};  ///< the types it offers; empty when refused
};

/// One type of messenger that a loaded plugin offers.
struct TypeInfo {
  std::string type;                              ///< unique in a registry
  std::string name, vendor, version;             ///< for people; may be empty
  std::string_view schema;                       ///< JSON Schema text of its configuration; the plugin's own, for ever
  std::filesystem::path path;                    ///< the plugin's real path
  std::shared_ptr<const Operations> operations;  ///< its catalogue; never null
  bool reads_receipts = false;                   ///< whether it takes its provider's callbacks
};

/// Where plugins stand relative to the running executable: `../plugins` in a build tree, else the installed
/// `../<libdir>/messenger/plugins`. It need not exist. [any thread]
MESSENGER_LOADER_API std::filesystem::path default_plugin_directory();

}  // namespace messenger::loader

#endif
