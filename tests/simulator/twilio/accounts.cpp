#include "simulator/twilio/accounts.hpp"

#include <boost/beast/core/string.hpp>
#include <optional>
#include <string>
#include <utility>

#include "simulator/text.hpp"

namespace messenger::simulator::twilio {
namespace {

struct Credentials {
  std::string user;
  std::string password;
};

std::optional<Credentials> parse_basic(std::string_view authorization) {
  constexpr std::string_view scheme = "Basic ";
  if (!boost::beast::iequals(authorization.substr(0, scheme.size()), scheme)) return std::nullopt;
  const auto text = decode_base64(authorization.substr(scheme.size()));
  if (!text) return std::nullopt;
  const std::size_t colon = text->find(':');
  if (colon == std::string::npos) return std::nullopt;
  return Credentials{text->substr(0, colon), text->substr(colon + 1)};
}

Access same_account(bool same) {
  return same ? Access::granted : Access::other_account;
}

Access check_any(const Credentials& credentials, std::string_view account) {
  if (credentials.password.empty()) return Access::unauthenticated;
  if (is_sid(credentials.user, "SK")) return same_account(is_sid(account, "AC"));
  if (is_sid(credentials.user, "AC")) return same_account(credentials.user == account);
  return Access::unauthenticated;
}

}  // namespace

Accounts::Accounts(std::vector<Account> accounts, std::vector<ApiKey> api_keys)
    : accounts_{std::move(accounts)}, api_keys_{std::move(api_keys)} {}

Access Accounts::check(std::string_view authorization, std::string_view account) const {
  const auto credentials = parse_basic(authorization);
  if (!credentials) return Access::unauthenticated;
  if (accounts_.empty()) return check_any(*credentials, account);
  return check_known(credentials->user, credentials->password, account);
}

Access Accounts::check_known(std::string_view user, std::string_view password, std::string_view account) const {
  for (const Account& known : accounts_) {
    if (known.sid == user && known.token == password) return same_account(user == account);
  }
  for (const ApiKey& known : api_keys_) {
    if (known.sid == user && known.secret == password) return same_account(known.account == account);
  }
  return Access::unauthenticated;
}

}  // namespace messenger::simulator::twilio
