// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/http_service.h>

#include <messenger/issue.hpp>
#include <string>
#include <vector>

#include "address.hpp"

namespace messenger::http {

/// Where requests may go. One for a service, so that every pooled connection has passed it; immutable.
class EgressPolicy {
 public:
  /// Adds an issue for each range that is malformed.
  EgressPolicy(const msgr_http_service_options& options, Issues& issues);

  /// Empty = a connection to this address may be made and used; else one sentence that names the setting to change.
  std::string why_blocked(const Address& address, bool plain_http) const;
  /// Likewise for a target of which only the name is known so far, or for ever when a proxy looks it up.
  std::string why_name_blocked(bool plain_http, bool proxied) const;

 private:
  std::vector<Range> allowed_, plain_http_;
};

/// The ranges of a list that NULL ends; an issue for each that is malformed, under /name/index.
std::vector<Range> read_ranges(const char* const* list, const std::string& name, Issues& issues);

}  // namespace messenger::http
