// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/exchange.hpp"
#include "delivery/messages.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// The most messages of one request.
constexpr std::size_t most_messages = 1'000;

/// Answers POST /api/message/send. {"message":{…}}: 202 with its id, or 400. {"messages":[…]}: 202 when one at least
/// was accepted, with an entry for each in the same order: its id, or its errors as an Errors object; 400 when none
/// was. What was accepted is durable then. The answer may come from another thread that commits for several requests.
void send_messages(Messages& messages, Store& store, const Request& request, const Reply& reply);

}  // namespace messenger::host
