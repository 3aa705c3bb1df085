// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/ssl.h>

#include <functional>
#include <string>

#include "certificate.hpp"
#include "raw_server.hpp"

namespace messenger::test {

/// Shakes hands over a raw connection, asking for a client certificate and taking any or none, and answers each request
/// with 201 and the body that `answer` makes of it, until the peer goes.
void speak_tls(Connection& connection, const Certificate& certificate,
               const std::function<std::string(const std::string&)>& answer, int newest_version = TLS1_3_VERSION);

}  // namespace messenger::test
