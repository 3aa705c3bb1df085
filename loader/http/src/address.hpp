// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace messenger::http {

/// An IP address; IPv4 is kept in its mapped form, so that both families are 16 bytes.
class Address {
 public:
  /// An address as it is written, IPv6 without brackets.
  static std::optional<Address> parse(std::string_view text);
  /// Nothing when it is no IP address.
  static std::optional<Address> of(const sockaddr& address) noexcept;

  /// The IPv4 address inside an IPv6 one (compatible, translated, NAT64, 6to4), where packets end up; else itself.
  Address unwrapped() const noexcept;
  /// What a translator of the host's own (RFC 8215) may make of it: the IPv4 address behind a prefix of 96 and of 48
  /// bits.
  std::array<Address, 2> translated() const noexcept;

  bool is_v4() const noexcept;
  std::string text() const;

 private:
  friend class Range;
  std::array<std::uint8_t, 16> bytes_{};
};

/// A network: "10.0.0.0/8", "fd00::/8" or one address.
class Range {
 public:
  /// Nothing when it is malformed, or when bits behind the prefix are set.
  static std::optional<Range> parse(std::string_view text);
  bool contains(const Address& address) const noexcept;

 private:
  Address base_;
  unsigned prefix_ = 0;  // bits, of the 16 bytes
};

}  // namespace messenger::http
