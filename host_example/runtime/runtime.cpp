// SPDX-License-Identifier: Apache-2.0
#include "runtime/runtime.hpp"

#include <utility>

namespace messenger::host {

namespace {

constexpr std::size_t most_operations = 1'024;  // of a messenger at once

loader::RegistryOptions options(const msgr_http_service& http, const Certificates& certificates,
                                loader::LogFunction log) {
  loader::RegistryOptions options;
  options.services = {{MSGR_HTTP_1, msgr_http_service_table(&http)}, {MSGR_CERTIFICATES_1, certificates.table()}};
  options.log = std::move(log);
  options.max_in_flight = most_sends_of_a_messenger + most_operations;
  return options;
}

}  // namespace

Runtime::Runtime(std::vector<std::filesystem::path> plugin_directories, loader::LogFunction log,
                 const NetworkOptions& network)
    : http_(start_http(network)),
      registry_(options(*http_, certificates_, std::move(log))),
      directories_(std::move(plugin_directories)) {
  directories_.push_back(loader::default_plugin_directory());
  looked_at_ = changes();
  looked_ = std::chrono::steady_clock::now();
  plugins_ = registry_.load(directories_);
}

msgr_http_service_stats Runtime::http_stats() const noexcept {
  msgr_http_service_stats stats{};
  stats.size = sizeof stats;
  msgr_http_service_get_stats(http_.get(), &stats);
  return stats;
}

void Runtime::reload() {
  const std::lock_guard lock(reload_);
  const auto now = std::chrono::steady_clock::now();
  auto changed = changes();  // before the look: what comes during it is found by the next one
  if (changed == looked_at_ && now - looked_ < std::chrono::seconds(1)) {
    return;
  }
  looked_at_ = std::move(changed);
  looked_ = now;
  registry_.load(directories_);
}

std::vector<std::filesystem::file_time_type> Runtime::changes() const {
  std::vector<std::filesystem::file_time_type> times;
  for (const auto& directory : directories_) {
    std::error_code absent;
    times.push_back(std::filesystem::last_write_time(directory, absent));
  }
  return times;
}

}  // namespace messenger::host
