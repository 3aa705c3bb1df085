// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "raw_server.hpp"

namespace messenger::test {

/// The script of a proxy: answers CONNECT with 200, connects to the port asked for on loopback, whatever the host, and
/// passes bytes both ways until one side ends. The CONNECT request is among the server's requests.
void tunnel(Connection& connection);

}  // namespace messenger::test
