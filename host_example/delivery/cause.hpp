// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace messenger::host {

/// The request that something is done for, so that logs and traces lead back to it; empty = none.
struct Cause {
  std::string request_id;
  std::string traceparent;  ///< W3C trace context
};

}  // namespace messenger::host
