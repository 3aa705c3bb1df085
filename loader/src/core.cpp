// SPDX-License-Identifier: Apache-2.0
#include "core.hpp"

#include <utility>

namespace messenger::loader {
namespace {

RegistryOptions without_log(RegistryOptions options) {
  options.log = nullptr;
  return options;
}

}  // namespace

Core::Core(RegistryOptions given)
    : options(without_log(given)), log(std::move(given.log)), reaper(options.drain_timeout) {}

const void* Core::service(std::string_view id) const noexcept {
  if (ended_.load(std::memory_order_acquire)) return nullptr;
  for (const Service& service : options.services) {
    if (service.id == id) return service.table;
  }
  return nullptr;
}

void Core::end(Clock::time_point deadline) noexcept {
  ended_.store(true, std::memory_order_release);
  log.close(deadline);
}

}  // namespace messenger::loader
