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

}  // namespace

Accounts::Accounts(std::vector<Account> accounts, std::vector<ApiKey> api_keys)
    : accounts_{std::move(accounts)}, api_keys_{std::move(api_keys)} {
  for (const Account& known : accounts_) tokens_[known.sid] = known.token;
}

std::optional<Identity> Accounts::identify(std::string_view authorization) {
  const auto credentials = parse_basic(authorization);
  if (!credentials) return std::nullopt;
  if (accounts_.empty()) return identify_any(credentials->user, credentials->password);
  return identify_known(credentials->user, credentials->password);
}

std::optional<Identity> Accounts::identify_any(const std::string& user, const std::string& password) {
  if (password.empty()) return std::nullopt;
  if (is_sid(user, "SK")) {
    key_secret_ = password;
    return Identity{"AC" + user.substr(2), true};
  }
  if (!is_sid(user, "AC")) return std::nullopt;
  tokens_[user] = password;
  return Identity{user};
}

std::optional<Identity> Accounts::identify_known(std::string_view user, std::string_view password) const {
  for (const Account& known : accounts_) {
    if (known.sid == user && known.token == password) return Identity{known.sid};
  }
  for (const ApiKey& known : api_keys_) {
    if (known.sid == user && known.secret == password) return Identity{known.account};
  }
  return std::nullopt;
}

std::string Accounts::token_of(const std::string& account) const {
  const auto token = tokens_.find(account);
  return token == tokens_.end() ? key_secret_ : token->second;
}

}  // namespace messenger::simulator::twilio
