// SPDX-License-Identifier: Apache-2.0
#include "address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace messenger::http {

namespace {

using Bytes = std::array<std::uint8_t, 16>;

Bytes map_v4(const std::uint8_t* four) noexcept {
  Bytes bytes{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  std::copy_n(four, 4, bytes.begin() + 12);
  return bytes;
}

bool starts_with(const Bytes& bytes, const std::initializer_list<std::uint8_t>& prefix) noexcept {
  return std::equal(prefix.begin(), prefix.end(), bytes.begin());
}

}  // namespace

std::optional<Address> Address::parse(std::string_view text) {
  const std::string copy(text);  // inet_pton wants its NUL
  Address address;
  std::array<std::uint8_t, 4> four{};
  if (inet_pton(AF_INET, copy.c_str(), four.data()) == 1) {
    address.bytes_ = map_v4(four.data());
    return address;
  }
  if (inet_pton(AF_INET6, copy.c_str(), address.bytes_.data()) == 1) {
    return address;
  }
  return std::nullopt;
}

std::optional<Address> Address::of(const sockaddr& address) noexcept {
  Address copy;
  if (address.sa_family == AF_INET) {
    std::array<std::uint8_t, 4> four{};
    std::memcpy(four.data(), &reinterpret_cast<const sockaddr_in&>(address).sin_addr, four.size());
    copy.bytes_ = map_v4(four.data());
    return copy;
  }
  if (address.sa_family == AF_INET6) {
    std::memcpy(copy.bytes_.data(), &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, copy.bytes_.size());
    return copy;
  }
  return std::nullopt;
}

Address Address::unwrapped() const noexcept {
  Address inner = *this;
  const bool compatible =  // but not :: and ::1, which are addresses of their own
      std::all_of(bytes_.begin(), bytes_.begin() + 12, [](auto byte) { return byte == 0; }) &&
      (bytes_[12] != 0 || bytes_[13] != 0 || bytes_[14] != 0 || bytes_[15] > 1);
  if (compatible || starts_with(bytes_, {0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0}) ||
      starts_with(bytes_, {0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0})) {
    inner.bytes_ = map_v4(bytes_.data() + 12);
  } else if (starts_with(bytes_, {0x20, 0x02})) {
    inner.bytes_ = map_v4(bytes_.data() + 2);
  }
  return inner;
}

std::array<Address, 2> Address::translated() const noexcept {
  const std::array<std::uint8_t, 4> behind_48{bytes_[6], bytes_[7], bytes_[9], bytes_[10]};
  std::array<Address, 2> forms;
  forms[0].bytes_ = map_v4(bytes_.data() + 12);
  forms[1].bytes_ = map_v4(behind_48.data());
  return forms;
}

bool Address::is_v4() const noexcept {
  return starts_with(bytes_, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff});
}

std::string Address::text() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  is_v4() ? inet_ntop(AF_INET, bytes_.data() + 12, text.data(), text.size())
          : inet_ntop(AF_INET6, bytes_.data(), text.data(), text.size());
  return text.data();
}

std::optional<Range> Range::parse(std::string_view text) {
  const auto slash = std::min(text.find('/'), text.size());
  const auto base = Address::parse(text.substr(0, slash));
  if (!base) {
    return std::nullopt;
  }
  Range range;
  range.base_ = *base;
  range.prefix_ = 128;
  if (slash < text.size()) {
    const auto digits = text.substr(slash + 1);
    unsigned bits = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    const unsigned most = base->is_v4() && text.find(':') == std::string_view::npos ? 32 : 128;
    if (error != std::errc() || end != digits.data() + digits.size() || bits > most) {
      return std::nullopt;
    }
    range.prefix_ = bits + (128 - most);
  }
  for (unsigned bit = range.prefix_; bit < 128; ++bit) {
    if ((base->bytes_[bit / 8] & (0x80U >> (bit % 8))) != 0) {
      return std::nullopt;
    }
  }
  return range;
}

bool Range::contains(const Address& address) const noexcept {
  const unsigned whole = prefix_ / 8;
  const unsigned rest = prefix_ % 8;
  if (std::memcmp(address.bytes_.data(), base_.bytes_.data(), whole) != 0) {
    return false;
  }
  const auto differing = static_cast<unsigned>(rest == 0 ? 0 : address.bytes_[whole] ^ base_.bytes_[whole]);
  return (differing >> (8 - rest)) == 0;
}

}  // namespace messenger::http
