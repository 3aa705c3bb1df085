// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/http_service.h>

#include <algorithm>
#include <cstring>
#include <messenger/issue.hpp>
#include <string>

#include "egress.hpp"
#include "proxy.hpp"

namespace messenger::http {

/// A struct of the ABI in this version's size: what an older caller's struct does not have yet is zero.
template <class T>
T in_full(const T& given) noexcept {
  T full{};
  std::memcpy(&full, &given, std::min<std::size_t>(given.size, sizeof full));
  return full;
}

/// What a service was created with. Immutable.
struct Settings {
  /// Adds an issue for each option that is malformed.
  Settings(const msgr_http_service_options& options, Issues& issues);

  std::string ca_file, user_agent;
  long max_idle_connections;
  EgressPolicy egress;
  Proxy proxy;
};

}  // namespace messenger::http
