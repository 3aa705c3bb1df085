// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "api/route.hpp"
#include "delivery/messengers.hpp"
#include "delivery/test_send.hpp"

namespace messenger::host {

/// POST /api/messenger/{messengerId}/test, and POST /api/messenger/test for a messenger that is not saved yet. What is
/// given outlives the routes.
std::vector<Route> messenger_test_routes(Messengers& messengers, TestSend& test_send);

}  // namespace messenger::host
