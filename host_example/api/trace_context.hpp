// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "api/exchange.hpp"

namespace messenger::host {

/// The trace context that this request came with, as version 00 writes it; "" when there is none, more than one, or one
/// that is malformed. https://www.w3.org/TR/trace-context/#traceparent-header
std::string traceparent_of(const Request& request);

}  // namespace messenger::host
