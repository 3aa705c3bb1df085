// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_DETAIL_HTTP_SYNTAX_HPP
#define MESSENGER_DETAIL_HTTP_SYNTAX_HPP

#include <messenger/detail/eight_bytes.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace messenger::detail {

constexpr char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
constexpr bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}
constexpr bool is_letter(char c) noexcept {
  return lower(c) >= 'a' && lower(c) <= 'z';
}

/// Equality without regard to ASCII case, in any locale.
inline bool equal_nocase(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

/// The characters of a token of RFC 9110.
inline constexpr auto is_token_character = [] {
  std::array<bool, 256> table{};
  for (std::size_t c = 0; c < 128; ++c) {
    table[c] = is_digit(static_cast<char>(c)) || is_letter(static_cast<char>(c));
  }
  for (const char mark : std::string_view("!#$%&'*+-.^_`|~")) {
    table[static_cast<unsigned char>(mark)] = true;
  }
  return table;
}();

/// RFC 9110: what a header's name may be.
inline bool is_token(std::string_view text) noexcept {
  const auto allowed = [](char c) { return is_token_character[static_cast<unsigned char>(c)]; };
  return !text.empty() && std::all_of(text.begin(), text.end(), allowed);
}

/// What a header's value may be: no line break or other control character but the tab, so that nothing is injected.
inline bool is_header_value(std::string_view text) noexcept {
  text.remove_prefix(
      size_without(text, [](std::uint64_t eight) { return any_below(eight, 0x20) | any_equal(eight, 0x7f); }));
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7f;
  });
}

/// Headers that frame the message or the connection: only the HTTP service may write them.
inline bool is_framing_header(std::string_view name) noexcept {
  constexpr std::string_view framing[] = {"connection", "content-length",      "expect",
                                          "keep-alive", "proxy-authorization", "te",
                                          "trailer",    "transfer-encoding",   "upgrade"};
  return std::any_of(std::begin(framing), std::end(framing), [&](auto one) { return equal_nocase(name, one); });
}

/// What is wrong with "host" or "host:port"; empty when nothing is.
inline std::string_view authority_problem(std::string_view authority) noexcept {
  if (authority.find('@') != std::string_view::npos) {
    return "must not carry a user name or password";
  }
  std::size_t host_end = authority.rfind(':');
  if (authority.starts_with('[')) {
    const std::size_t bracket = authority.find(']');
    if (bracket == std::string_view::npos || bracket < 3) {
      return "has an IPv6 address without its brackets";
    }
    if (bracket + 1 == authority.size()) {
      return {};
    }
    if (authority[bracket + 1] != ':') {
      return "has characters behind its IPv6 address";
    }
    host_end = bracket + 1;
  }
  const std::string_view host = authority.substr(0, host_end);
  if (host.empty()) {
    return "has no host";
  }
  if (!authority.starts_with('[') && host.find_first_of("!\"$&'()*+,;<=>[\\]^`{|}") != std::string_view::npos) {
    return "has a host with a character that no host has";
  }
  if (host_end == std::string_view::npos) {
    return {};
  }
  if (!authority.starts_with('[') && authority.find(':') != host_end) {
    return "has an IPv6 address without its brackets";
  }
  const std::string_view digits = authority.substr(host_end + 1);
  unsigned port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  const bool whole = error == std::errc{} && end == digits.data() + digits.size();
  return whole && port >= 1 && port <= 65535 ? std::string_view{} : "has a port that is not 1 to 65535";
}

/// What is wrong with a URL to send requests to, as the rest of "The URL …"; empty when nothing is.
inline std::string_view url_problem(std::string_view url) noexcept {
  const auto bad = [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f;
  };
  if (std::any_of(url.begin(), url.end(), bad)) {
    return "has a space, a control or a non-ASCII character";
  }
  if (url.find('\\') != std::string_view::npos) {
    return "has a backslash";
  }
  const std::size_t colon = url.find("://");
  const std::string_view scheme = url.substr(0, colon);
  const bool http = equal_nocase(scheme, "http") || equal_nocase(scheme, "https");
  if (colon == std::string_view::npos || !http) {
    return "must start with http:// or https://";
  }
  if (url.find('#') != std::string_view::npos) {
    return "must not have a fragment";
  }
  const std::string_view rest = url.substr(colon + 3);
  return authority_problem(rest.substr(0, rest.find_first_of("/?")));
}

}  // namespace messenger::detail

#endif
