// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace messenger::twilio {

/// A decimal number that is not negative, of up to 9 digits: "0.0079" is 79 with 4 decimals. Exact, as prices have to
/// be.
struct Decimal {
  std::uint64_t digits = 0;
  std::size_t decimals = 0;
};

std::optional<Decimal> parse_decimal(std::string_view text) noexcept;

/// Whether a is the smaller one.
bool less(const Decimal& a, const Decimal& b) noexcept;

/// The number times count, with all its decimals; nothing when that is too large.
std::optional<std::string> times(const Decimal& number, std::uint64_t count);

}  // namespace messenger::twilio
