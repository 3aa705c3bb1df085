// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workload.hpp"

namespace messenger::benchmark {

/// The yardstick: libcurl alone, with everything that makes it fast (sockets that stay in epoll, a parsed URL, pooled
/// easy handles with their options set once, a ready header list), the silent resend forbidden, fed by completions.
/// Throws std::runtime_error when a request fails.
Cost run_bare(const Workload& workload, const Run& run);

/// The bytes that the server saw last.
std::string last_request(const std::string& server_url);

}  // namespace messenger::benchmark
