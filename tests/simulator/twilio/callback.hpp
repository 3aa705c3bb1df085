#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "simulator/twilio/record.hpp"

namespace messenger::simulator::twilio {

/// The parts of an http URL that leads to this machine.
struct LoopbackUrl {
  /// An IP address, without brackets.
  std::string address;
  std::uint16_t port = 80;
  /// Path and query.
  std::string target;
  /// As the Host header says it.
  std::string host;
};

/// Nothing for every other URL: the simulator posts to nobody else.
std::optional<LoopbackUrl> parse_loopback(std::string_view url);

/// How a status callback differs from what Twilio means to send.
struct Shape {
  /// Signed with a token that is not the account's.
  bool forged = false;
  /// A JSON body, with its hash in the URL.
  bool json = false;
};

/// One POST that tells of a message's status.
struct Callback {
  std::uint64_t id = 0;
  std::string message;
  std::string status;
  std::string url;
  std::string content_type;
  std::string body;
  std::string signature;
  /// waiting, held, posted, failed or not posted.
  std::string state = "waiting";
  /// Why it is not posted or failed.
  std::string reason;
  /// The status of the last answer; 0 = none.
  unsigned answer = 0;
  unsigned attempts = 0;

  boost::json::object to_json() const;
};

/// Writes and signs the callback of a message as it is now.
Callback make_callback(const Record& message, std::string_view url, std::string_view token, Shape shape);

}  // namespace messenger::simulator::twilio
