// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/http_service.h>

#include <memory>
#include <messenger/loader/registry.hpp>
#include <string>
#include <vector>

#include "workload.hpp"

namespace messenger::benchmark {

struct DestroyHttp {
  void operator()(msgr_http_service* service) const noexcept { msgr_http_service_destroy(service); }
};
using Http = std::unique_ptr<msgr_http_service, DestroyHttp>;

/// A service that may go to loopback, and verifies providers by this file (empty: by the system's roots).
Http start_http(const std::string& ca_file);
/// Options of a registry with this service.
loader::RegistryOptions registry_options(const Http& http);

/// The product: registry, ABI, plugin, HTTP service, parsed reply.
class Ours {
 public:
  /// Makes a messenger of each workload's name; sends go round over them. All have the CA file of the first.
  /// Throws std::runtime_error when a messenger cannot be configured.
  Ours(const std::string& plugin_directory, const std::vector<Workload>& workloads);

  /// Throws std::runtime_error when a send does not end OK.
  void send(const Run& run);

  /// Starts sends whose results nobody awaits.
  void start(std::size_t count);

  /// Microseconds from `send` entered to its completion entered, of each of `count` sends, one after the other.
  std::vector<double> latencies(std::size_t count);

 private:
  std::vector<std::string> names_;
  Http http_;
  loader::Registry registry_;
};

/// Costs of a turn of ours: CPU and wall time of a send.
std::vector<double> measure(Ours& ours, const Run& run);

}  // namespace messenger::benchmark
