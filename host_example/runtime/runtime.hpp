// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/http_service.h>

#include <filesystem>
#include <memory>
#include <messenger/loader/registry.hpp>
#include <vector>

namespace messenger::host {

/// What every messenger of this process runs on: the HTTP service, and the registry that it is lent to.
class Runtime {
 public:
  /// Loads the plugins of these directories, then those of the install directory. Throws std::system_error when the
  /// system gives no thread or descriptor.
  Runtime(std::vector<std::filesystem::path> plugin_directories, loader::LogFunction log);

  loader::Registry& registry() noexcept { return registry_; }
  /// Every candidate that was found, loaded or refused.
  const std::vector<loader::PluginFile>& plugins() const noexcept { return plugins_; }

 private:
  struct Destroy {
    void operator()(msgr_http_service* service) const noexcept { msgr_http_service_destroy(service); }
  };
  std::unique_ptr<msgr_http_service, Destroy> http_;  // before the registry, whose messengers use it to the end
  loader::Registry registry_;
  std::vector<loader::PluginFile> plugins_;
};

}  // namespace messenger::host
