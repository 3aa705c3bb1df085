// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

namespace messenger::host {

/// "2026-11-22T09:15:00.123Z" (RFC 3339).
std::string instant_text(std::chrono::system_clock::time_point instant);

}  // namespace messenger::host
