#pragma once

#include <boost/json.hpp>
#include <chrono>
#include <cstddef>
#include <string>

#include "simulator/form.hpp"

namespace messenger::simulator::twilio {

/// One message that was accepted.
struct Message {
  std::string sid;
  std::string account;
  std::string to;
  std::string from;
  std::string service;
  std::string body;
  std::string status;
  std::size_t segments;
  std::size_t media;
  std::chrono::system_clock::time_point created;
  boost::json::value tags;
};

/// Builds the message that a valid form asks for.
Message make_message(std::string account, const Form& form);

/// The Message resource.
/// https://www.twilio.com/docs/messaging/api/message-resource
boost::json::object to_json(const Message& message);

/// Whether it has left already; a scheduled one has not.
bool is_sent(const Message& message);

}  // namespace messenger::simulator::twilio
