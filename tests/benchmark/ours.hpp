// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/http_service.h>

#include <memory>
#include <messenger/loader/registry.hpp>

#include "workload.hpp"

namespace messenger::benchmark {

enum class Feed {
  completions,    // the next send is made in the callback of one that ended, on the I/O thread
  another_thread  // a thread of its own makes all sends and waits for a free place
};

/// The product: registry, ABI, plugin, HTTP service, parsed reply.
class Ours {
 public:
  /// Throws std::runtime_error when a messenger cannot be configured.
  Ours(const std::string& plugin_directory, const std::vector<Workload>& workloads);

  /// Throws std::runtime_error when a send does not end OK.
  Cost run(const Workload& workload, const Run& run, Feed feed);

 private:
  void send(const Workload& workload, const Run& run, Feed feed);

  struct Destroy {
    void operator()(msgr_http_service* service) const noexcept { msgr_http_service_destroy(service); }
  };
  std::unique_ptr<msgr_http_service, Destroy> http_;
  loader::Registry registry_;
};

}  // namespace messenger::benchmark
