// SPDX-License-Identifier: Apache-2.0
// What stands behind Registry.
#ifndef MESSENGER_LOADER_SRC_REGISTRY_IMPL_HPP
#define MESSENGER_LOADER_SRC_REGISTRY_IMPL_HPP

#include <filesystem>
#include <map>
#include <memory>
#include <messenger/loader/registry.hpp>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <unordered_map>

#include "catalog.hpp"
#include "core.hpp"
#include "worker.hpp"

namespace messenger::loader {

class Instance;

/// Looks up ids without making strings of them.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};

// It would be as visible as Registry, and calls into it would go through the linkage table.
class __attribute__((visibility("hidden"))) Registry::Impl {
 public:
  explicit Impl(Options options);

  /// The messenger in force, pinned this often; null when there is none.
  Instance* find_pinned(std::string_view id, std::uint64_t pins);
  /// Throws Error when there is no such type or the registry has ended.
  std::shared_ptr<const PluginType> type_or_throw(std::string_view type) const;
  /// Puts the instance in force and retires what it replaces.
  void put(const std::shared_ptr<Instance>& instance);
  /// Answers a send or a call that found no messenger. Gives its ticket, 0.
  std::uint64_t refuse_unknown(std::string_view id, Completion&& done);
  ShutdownReport shutdown(std::chrono::milliseconds within);
  /// Whether this was not the last that was said of a file; from now on it is.
  bool is_news(const std::filesystem::path& file, const std::string& text);

  const std::shared_ptr<Core> core;
  Catalog catalog;

  using Messengers = std::unordered_map<std::string, std::shared_ptr<Instance>, TextHash, std::equal_to<>>;
  mutable std::shared_mutex mutex;  ///< of messengers and closed
  Messengers messengers;
  bool closed = false;

 private:
  std::size_t drain(Clock::time_point deadline);

  std::mutex shutdown_mutex_;  // one shutdown at a time; the others wait for its report
  std::optional<ShutdownReport> report_;
  std::mutex told_mutex_;
  std::map<std::string, std::string> told_;  // of each file
  Worker reaper_, backstop_;
};

}  // namespace messenger::loader

#endif
