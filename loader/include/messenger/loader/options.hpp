// SPDX-License-Identifier: Apache-2.0
// What a host gives to its registry.
#ifndef MESSENGER_LOADER_OPTIONS_HPP
#define MESSENGER_LOADER_OPTIONS_HPP

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace messenger::loader {

/// A service lent to plugins, by its id with revision ("msgr.http/1").
struct Service {
  std::string id;
  const void* table = nullptr;  ///< not owned; outlives the registry, and the process when an instance was parked
};

/// The numbers of MSGR_LOG_DEBUG … MSGR_LOG_ERROR.
enum class LogLevel : std::int32_t { debug = 0, info = 1, warning = 2, error = 3 };

/// Level, who (a messenger's id, a type or a plugin's path) and one line. Called on any thread, concurrently, with no
/// lock of the loader held; never again once Registry::shutdown has returned.
using LogFunction = std::function<void(LogLevel level, std::string_view who, std::string_view text)>;

/// Fixed for the life of a registry.
struct RegistryOptions {
  std::vector<Service> services = {};
  LogFunction log = {};                             ///< empty = no log
  std::size_t max_in_flight = 1024;                 ///< per messenger; 1 … 1,048,576
  std::chrono::milliseconds drain_timeout{30'000};  ///< after this a replaced messenger's open sends are cancelled
};

}  // namespace messenger::loader

#endif
