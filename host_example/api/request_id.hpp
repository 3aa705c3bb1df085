// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace messenger::host {

/// The name that a client gave its request in X-Request-Id, if it is fit for a log (at most 64 letters, digits, "-_.");
/// else a new one.
std::string request_id(std::string_view given);

}  // namespace messenger::host
