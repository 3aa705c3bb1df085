#pragma once

#include <string_view>

#include "simulator/form.hpp"
#include "simulator/http.hpp"
#include "simulator/twilio/message_store.hpp"

namespace messenger::simulator::twilio {

/// One page of an account's messages, newest first, as the query of the target asks.
Response list_messages(const MessageStore& store, std::string_view account, const Target& target);

}  // namespace messenger::simulator::twilio
