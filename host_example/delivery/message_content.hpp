// SPDX-License-Identifier: Apache-2.0
// How a message is kept in the outbox: its envelope, which stays until it is swept, and its content, which may not.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "delivery/delivery.hpp"
#include "store/outbox.hpp"

namespace messenger::host {

/// {"to", "locale", "userId", "requestId", "traceparent", "resendOf"}, without what is empty.
std::string envelope_text(const OutgoingMessage& message, const std::string& resend_of);
/// Throws StoreError when it is no JSON object.
boost::json::object envelope_of(const OutboxMessage& message);

/// {"body", "attributes":[[name, value], …]} in a buffer of its own, so that wiping the text wipes it all.
std::string content_text(const OutgoingMessage& message);

/// The message as it is sent: without `expires`, and without a text when its content was wiped. No copy of the content
/// is left behind. Throws StoreError when it was not written by these functions.
OutgoingMessage outgoing_message(const OutboxMessage& message);

}  // namespace messenger::host
