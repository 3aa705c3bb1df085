// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/http_service.h>

#include <memory>

struct DestroyService {
  void operator()(msgr_http_service* service) const noexcept { msgr_http_service_destroy(service); }
};
using HttpService = std::unique_ptr<msgr_http_service, DestroyService>;

/// The HTTP service of a test: it may reach this machine, without TLS.
inline HttpService loopback_service() {
  const char* const loopback[] = {"127.0.0.0/8", "::1", nullptr};
  msgr_http_service_options options{};
  options.size = sizeof options;
  options.allow_ranges = options.http_ranges = loopback;
  return HttpService(msgr_http_service_create(&options, nullptr, nullptr));
}
