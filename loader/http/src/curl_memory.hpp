// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace messenger::http {

/// Starts libcurl for this process, once. Unless the host has started it before, what libcurl frees is then wiped: its
/// buffers hold requests and answers with credentials and codes in them. False when libcurl refuses, or does TLS by
/// another library than OpenSSL.
bool start_curl() noexcept;

}  // namespace messenger::http
