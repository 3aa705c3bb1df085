// SPDX-License-Identifier: Apache-2.0
#include "runtime/runtime.hpp"

#include <utility>

namespace messenger::host {

namespace {

loader::RegistryOptions options(const msgr_http_service& http, const Certificates& certificates,
                                loader::LogFunction log) {
  loader::RegistryOptions options;
  options.services = {{MSGR_HTTP_1, msgr_http_service_table(&http)}, {MSGR_CERTIFICATES_1, certificates.table()}};
  options.log = std::move(log);
  return options;
}

}  // namespace

Runtime::Runtime(std::vector<std::filesystem::path> plugin_directories, loader::LogFunction log,
                 const NetworkOptions& network)
    : http_(start_http(network)),
      registry_(options(*http_, certificates_, std::move(log))),
      directories_(std::move(plugin_directories)) {
  directories_.push_back(loader::default_plugin_directory());
  plugins_ = registry_.load(directories_);
}

}  // namespace messenger::host
