// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "api/route.hpp"
#include "delivery/dispatcher.hpp"
#include "delivery/messages.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// POST /api/message/send, GET /api/message/{messageId}, its cancel and resend, GET and POST /api/message/search, and
/// GET /api/message/queue. All given outlive the routes.
std::vector<Route> message_routes(Messages& messages, const Dispatcher& dispatcher, Store& store);

}  // namespace messenger::host
