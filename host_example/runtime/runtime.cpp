// SPDX-License-Identifier: Apache-2.0
#include "runtime/runtime.hpp"

#include <cerrno>
#include <system_error>

namespace messenger::host {

namespace {

msgr_http_service* start_http() {
  msgr_http_service* const service = msgr_http_service_create(nullptr, nullptr, nullptr);
  if (service == nullptr) {
    throw std::system_error(errno, std::system_category(), "HTTP service");
  }
  return service;
}

loader::RegistryOptions options(const msgr_http_service& http, loader::LogFunction log) {
  loader::RegistryOptions options;
  options.services.push_back({MSGR_HTTP_1, msgr_http_service_table(&http)});
  options.log = std::move(log);
  return options;
}

}  // namespace

Runtime::Runtime(std::vector<std::filesystem::path> plugin_directories, loader::LogFunction log)
    : http_(start_http()), registry_(options(*http_, std::move(log))) {
  plugin_directories.push_back(loader::default_plugin_directory());
  plugins_ = registry_.load(plugin_directories);
}

}  // namespace messenger::host
