#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace messenger::simulator {

/// A Twilio account that is let in.
struct Account {
  std::string sid;
  std::string token;
};

/// A Twilio API key that is let in, and the account it belongs to.
struct ApiKey {
  std::string sid;
  std::string secret;
  std::string account;
};

/// Without accounts, every well-formed user name with any password but the empty one is let in.
struct Options {
  std::string listen = "127.0.0.1:0";
  std::vector<Account> accounts;
  std::vector<ApiKey> api_keys;
  /// PEM files; both or neither. With them the simulator speaks TLS.
  std::string certificate_file;
  std::string key_file;
  /// PEM file; with it only clients whose certificate it vouches for are served.
  std::string client_ca_file;
  /// How long a message keeps each status; 0 = it keeps its first one.
  std::chrono::milliseconds step{0};
  /// How many messages an account may create in a second; 0 = any number.
  std::size_t rate = 0;
  /// How often a status callback that got no answer, or a 5xx, is posted again.
  unsigned callback_retries = 0;
};

/// An address and a port, as in 127.0.0.1:0 or [::1]:8080.
struct ListenAddress {
  std::string address;
  std::uint16_t port;
};

/// Reads AC…:token; throws std::invalid_argument.
Account parse_account(std::string_view text);

/// Reads SK…:secret@AC…; throws std::invalid_argument.
ApiKey parse_api_key(std::string_view text);

/// Reads a listening address and refuses any that is not loopback; throws std::invalid_argument.
ListenAddress parse_listen(std::string_view text);

/// Throws std::invalid_argument when options contradict each other.
void check(const Options& options);

}  // namespace messenger::simulator
