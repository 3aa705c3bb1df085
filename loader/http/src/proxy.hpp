// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/http_service.h>

#include <messenger/issue.hpp>
#include <messenger/secret.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "address.hpp"
#include "curl_handle.hpp"

namespace messenger::http {

/// The host's proxy, or none, and what is reached without it. Immutable.
class Proxy {
 public:
  /// Adds an issue for each option that is malformed.
  Proxy(const msgr_http_service_options& options, Issues& issues);

  /// Whether requests to this host, a name or an address without brackets, go through the proxy.
  bool serves(std::string_view host) const;
  /// Makes a transfer go through the proxy, by CONNECT for http too.
  void use(CURL* easy) const;

 private:
  void read_url(const char* url, Issues& issues);
  void read_exceptions(const char* const* list, Issues& issues);

  std::string url_;                        // empty = none
  Secret username_, password_;             // each with its NUL, as libcurl wants them
  std::vector<std::string> direct_names_;  // lower case, without dots at the ends
  std::vector<Range> direct_ranges_;
};

}  // namespace messenger::http
