#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/options.hpp"

namespace messenger::simulator::twilio {

/// Whom the credentials of a request belong to.
struct Identity {
  /// The account itself, or the one that the API key belongs to.
  std::string account;
  /// An API key of no known account: it serves for whichever the path names.
  bool any_account = false;
};

/// Who is let in, and with which auth token callbacks are signed.
class Accounts {
 public:
  /// Without accounts, every well-formed user name is let in.
  Accounts(std::vector<Account> accounts, std::vector<ApiKey> api_keys);

  /// Judges an Authorization header; nothing when it lets nobody in.
  std::optional<Identity> identify(std::string_view authorization);

  /// The auth token of an account; without known accounts, the password that it was last used with, or else that of
  /// the API key that was.
  std::string token_of(const std::string& account) const;

 private:
  std::optional<Identity> identify_any(const std::string& user, const std::string& password);
  std::optional<Identity> identify_known(std::string_view user, std::string_view password) const;

  std::vector<Account> accounts_;
  std::vector<ApiKey> api_keys_;
  std::map<std::string, std::string> tokens_;
  std::string key_secret_;
};

}  // namespace messenger::simulator::twilio
