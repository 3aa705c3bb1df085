#pragma once

#include <boost/json.hpp>
#include <deque>
#include <string_view>

#include "simulator/twilio/message.hpp"

namespace messenger::simulator::twilio {

/// Every message that was accepted, oldest first.
class MessageStore {
 public:
  /// The reference lives until the store is cleared.
  const Message& add(Message message);
  void clear() { messages_.clear(); }

  /// Null when the account has no such message.
  const Message* find(std::string_view account, std::string_view sid) const;

  const std::deque<Message>& all() const { return messages_; }

  /// All of them as Message resources.
  boost::json::array list() const;

 private:
  std::deque<Message> messages_;
};

}  // namespace messenger::simulator::twilio
