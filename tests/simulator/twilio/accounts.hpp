#pragma once

#include <string_view>
#include <vector>

#include "simulator/options.hpp"

namespace messenger::simulator::twilio {

/// What the credentials of a request allow.
enum class Access { granted, unauthenticated, other_account };

/// Who is let in, and to which account.
class Accounts {
 public:
  /// Without accounts, every well-formed user name is let in.
  Accounts(std::vector<Account> accounts, std::vector<ApiKey> api_keys);

  /// Judges an Authorization header for the account in the path.
  Access check(std::string_view authorization, std::string_view account) const;

 private:
  Access check_known(std::string_view user, std::string_view password, std::string_view account) const;

  std::vector<Account> accounts_;
  std::vector<ApiKey> api_keys_;
};

}  // namespace messenger::simulator::twilio
