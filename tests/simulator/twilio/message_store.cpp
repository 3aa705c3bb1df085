#include "simulator/twilio/message_store.hpp"

#include <algorithm>
#include <utility>

namespace messenger::simulator::twilio {

const Message& MessageStore::add(Message message) {
  return messages_.emplace_back(std::move(message));
}

const Message* MessageStore::find(std::string_view account, std::string_view sid) const {
  const auto message = std::ranges::find_if(
      messages_, [&](const Message& candidate) { return candidate.sid == sid && candidate.account == account; });
  return message == messages_.end() ? nullptr : &*message;
}

boost::json::array MessageStore::list() const {
  boost::json::array list;
  for (const Message& message : messages_) list.emplace_back(to_json(message));
  return list;
}

}  // namespace messenger::simulator::twilio
