// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/http_service.h>

#include <memory>
#include <string>
#include <vector>

namespace messenger::host {

/// Where this host's messengers may send requests, and by which way. Ranges as "10.0.0.0/8"; loopback is for a receiver
/// on the same machine.
struct NetworkOptions {
  std::vector<std::string> allow_ranges{"127.0.0.0/8", "::1"};
  std::vector<std::string> http_ranges{"127.0.0.0/8", "::1"};
  std::string proxy, proxy_username, proxy_password;  // empty = none
  std::vector<std::string> no_proxy;
  std::string ca_file;  // empty = the system's roots
};

struct DestroyService {
  void operator()(msgr_http_service* service) const noexcept { msgr_http_service_destroy(service); }
};
using HttpService = std::unique_ptr<msgr_http_service, DestroyService>;

/// Throws std::invalid_argument that names each malformed option, std::system_error when the system refuses.
HttpService start_http(const NetworkOptions& options);

}  // namespace messenger::host
