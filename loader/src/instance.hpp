// SPDX-License-Identifier: Apache-2.0
// One configured messenger: the plugin's instance and what the loader keeps about it.
#ifndef MESSENGER_LOADER_SRC_INSTANCE_HPP
#define MESSENGER_LOADER_SRC_INSTANCE_HPP

#include <messenger/plugin.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <messenger/loader/options.hpp>
#include <string>
#include <string_view>

#include "events.hpp"
#include "pins.hpp"
#include "plugin_type.hpp"
#include "slots.hpp"

namespace messenger::loader {

class Core;
class Instance;

/// What a plugin gets as its host: the ABI's table, and behind it the way back.
struct HostTable {
  msgr_host table;
  Instance* owner;
};

/// Immutable but for its counts and ops. It lives while somebody holds a shared pointer; the reaper holds one until
/// nothing pins it, and the graveyard keeps the shell for a while after.
class Instance {
 public:
  Instance(std::shared_ptr<Core> core, std::shared_ptr<const PluginType> type, std::string id);
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;
  ~Instance() = default;

  const std::string& id() const noexcept { return id_; }
  const PluginType& type() const noexcept { return *type_; }
  const msgr_plugin& table() const noexcept { return *type_->table; }
  const msgr_host* host() const noexcept { return &host_.table; }
  Core& core() const noexcept { return *core_; }

  /// Pins the instance, or not when its end has begun: then its slots may be gone and its plugin is not to be called.
  bool try_pin() noexcept;

  /// Releases pins and wakes the reaper when it waits for the last. The instance may be gone when this returns.
  void unpin(std::uint64_t count) noexcept;

  /// Counts an event; logs the first, second, fourth, eighth … of a kind under this messenger's id. [any thread]
  void note(Event event, LogLevel level, std::string_view text, std::uint64_t ticket = 0) noexcept;

  msgr_instance* plugin = nullptr;  ///< set once, before the instance is in force; null when there is none to destroy
  Slots slots;
  /// Given up. Set before its open ops are answered, once and for all; whoever opens an op, or makes one answerable,
  /// looks at it afterwards. Both sequentially consistent: one of the two sees the other.
  std::atomic<bool> parked{false};
  alignas(64) Pins pins;

 private:
  const HostTable host_;
  const std::shared_ptr<Core> core_;
  const std::shared_ptr<const PluginType> type_;
  const std::string id_;
  Counters counts_;
};

}  // namespace messenger::loader

#endif
