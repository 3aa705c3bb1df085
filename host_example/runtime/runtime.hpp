// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <messenger/loader/registry.hpp>
#include <mutex>
#include <vector>

#include "runtime/certificates.hpp"
#include "runtime/network.hpp"

namespace messenger::host {

/// That may be under way at once; beside them there is room for its operations.
inline constexpr std::size_t most_sends_of_a_messenger = 16'384;

/// What every messenger of this process runs on: the services, and the registry that they are lent to.
class Runtime {
 public:
  /// Loads the plugins of these directories, then those of the install directory. Throws std::invalid_argument for a
  /// malformed network option, std::system_error when the system gives no thread or descriptor.
  Runtime(std::vector<std::filesystem::path> plugin_directories, loader::LogFunction log,
          const NetworkOptions& network = {});

  loader::Registry& registry() noexcept { return registry_; }
  Certificates& certificates() noexcept { return certificates_; }
  /// The HTTP that messengers are lent.
  const msgr_http& http() const noexcept { return *msgr_http_service_table(http_.get()); }
  /// What that HTTP has done so far.
  msgr_http_service_stats http_stats() const noexcept;
  /// Where plugins are looked for.
  const std::vector<std::filesystem::path>& directories() const noexcept { return directories_; }
  /// Every candidate that was found at the start, loaded or refused.
  const std::vector<loader::PluginFile>& plugins() const noexcept { return plugins_; }
  /// Looks again: what was put there since then is loaded too. Does nothing within a second of the last look, unless a
  /// directory has changed. Runs code of plugins. [any thread]
  void reload();

 private:
  std::vector<std::filesystem::file_time_type> changes() const;

  // Before the registry, whose messengers use them to the end.
  HttpService http_;
  Certificates certificates_;
  loader::Registry registry_;
  std::vector<std::filesystem::path> directories_;
  std::vector<loader::PluginFile> plugins_;
  std::mutex reload_;
  std::vector<std::filesystem::file_time_type> looked_at_;  // what changes() said at the last look
  std::chrono::steady_clock::time_point looked_;
};

}  // namespace messenger::host
