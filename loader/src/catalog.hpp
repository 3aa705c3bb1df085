// SPDX-License-Identifier: Apache-2.0
// The plugins that were loaded and the types they offer.
#ifndef MESSENGER_LOADER_SRC_CATALOG_HPP
#define MESSENGER_LOADER_SRC_CATALOG_HPP

#include <map>
#include <memory>
#include <messenger/loader/options.hpp>
#include <messenger/loader/plugin_file.hpp>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "candidate.hpp"
#include "descriptor.hpp"

namespace messenger::loader {

/// Grows only. [any thread]
class Catalog {
 public:
  explicit Catalog(std::vector<Service> services) : services_(std::move(services)) {}

  /// Loads every plugin of a directory and appends how each candidate ended.
  void load(const std::filesystem::path& directory, std::vector<PluginFile>& files);

  /// Null when no plugin offers this type.
  std::shared_ptr<const PluginType> find(std::string_view type) const;
  std::vector<TypeInfo> types() const;

 private:
  struct Loaded {
    dev_t device;
    ino_t inode;
    std::string path;
    PluginTypes types;
  };

  PluginFile load_file(Candidate candidate);
  bool is_loaded(const Candidate& candidate, PluginFile& file) const;
  void add(const Candidate& candidate, PluginTypes types, PluginFile& file);

  const std::vector<Service> services_;
  mutable std::mutex mutex_;  // not held while a plugin's entry is called
  std::map<std::string, std::shared_ptr<const PluginType>, std::less<>> types_;
  std::vector<Loaded> loaded_;
};

}  // namespace messenger::loader

#endif
