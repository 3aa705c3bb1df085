#pragma once

#include "simulator/twilio/store.hpp"

namespace messenger::simulator::twilio {

/// How many senders a service has.
std::size_t count_senders(const Store& store, const Record& service);

/// Gives a message of a service the sender that the service would choose.
void choose_sender(Store& store, Record& message);

/// The service of this SID; null when the account has not made it here.
Record* find_service(Store& store, std::string_view account, std::string_view sid);

}  // namespace messenger::simulator::twilio
