#include "simulator/options.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <stdexcept>

#include "simulator/text.hpp"

namespace messenger::simulator {
namespace {

std::invalid_argument problem(std::string_view text, std::string_view what) {
  return std::invalid_argument{std::string{text} + ": " + std::string{what}};
}

std::uint16_t parse_port(std::string_view listen, std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) {
    throw problem(listen, "the port must be a number from 0 to 65535");
  }
  return port;
}

std::string_view without_brackets(std::string_view host) {
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  return bracketed ? host.substr(1, host.size() - 2) : host;
}

}  // namespace

// The text of a problem names the SID alone: what follows it is a secret.
Account parse_account(std::string_view text) {
  const std::string_view sid = text.substr(0, text.find(':'));
  if (!is_sid(sid, "AC")) throw problem(sid, "an account is AC and 32 hexadecimal digits, then :token");
  if (text.size() <= sid.size() + 1) throw problem(sid, "the account has no token");
  return {std::string{sid}, std::string{text.substr(sid.size() + 1)}};
}

ApiKey parse_api_key(std::string_view text) {
  const std::string_view sid = text.substr(0, text.find(':'));
  if (!is_sid(sid, "SK")) throw problem(sid, "an API key is SK and 32 hexadecimal digits, then :secret@AC…");
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos || at <= sid.size() + 1) throw problem(sid, "an API key needs :secret@AC…");
  return {std::string{sid}, std::string{text.substr(sid.size() + 1, at - sid.size() - 1)},
          std::string{text.substr(at + 1)}};
}

ListenAddress parse_listen(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) throw problem(text, "needs a port, as in 127.0.0.1:0");
  const std::string host{without_brackets(text.substr(0, colon))};
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(host, error);
  if (error) throw problem(text, "is not an IP address and a port");
  if (!address.is_loopback()) throw problem(text, "only loopback addresses (127.0.0.0/8, [::1]) are served");
  return {host, parse_port(text, text.substr(colon + 1))};
}

void check(const Options& options) {
  if (options.certificate_file.empty() != options.key_file.empty()) {
    throw std::invalid_argument{"a certificate and a key go together"};
  }
  if (!options.client_ca_file.empty() && options.certificate_file.empty()) {
    throw std::invalid_argument{"client certificates need TLS: a certificate and a key"};
  }
  for (const ApiKey& key : options.api_keys) {
    if (std::ranges::find(options.accounts, key.account, &Account::sid) == options.accounts.end()) {
      throw problem(key.sid, "the API key's account is not among the accounts");
    }
  }
}

}  // namespace messenger::simulator
