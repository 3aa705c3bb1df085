// SPDX-License-Identifier: Apache-2.0
// What all instances of a registry share. It outlives the registry while a parked instance needs it.
#ifndef MESSENGER_LOADER_SRC_CORE_HPP
#define MESSENGER_LOADER_SRC_CORE_HPP

#include <atomic>
#include <memory>
#include <messenger/loader/options.hpp>
#include <string_view>

#include "backstop.hpp"
#include "events.hpp"
#include "instance_list.hpp"
#include "log_gate.hpp"
#include "reaper.hpp"

namespace messenger::loader {

/// Shared by instances, threads and the registry.
class Core {
 public:
  explicit Core(RegistryOptions given);
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;
  ~Core() = default;

  /// The table of a service, or null; always null once the registry has ended, as services may be gone by then.
  const void* service(std::string_view id) const noexcept;

  /// After a shutdown: no log line and no service for what is left behind.
  void end(Clock::time_point deadline) noexcept;

  const RegistryOptions options;  ///< without the log function, which is in `log`
  Counters counters;
  LogGate log;
  InstanceList instances;  ///< all that may have open ops, in force or draining
  Backstop backstop;
  Reaper reaper;

 private:
  std::atomic<bool> ended_{false};
};

}  // namespace messenger::loader

#endif
