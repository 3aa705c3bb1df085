// SPDX-License-Identifier: Apache-2.0
#include "twilio/decimal.hpp"

#include <messenger/detail/http_syntax.hpp>

#include <limits>

namespace messenger::twilio {
namespace {

constexpr std::size_t most_digits = 9;  // so that the products of less() fit

std::uint64_t power_of_ten(std::size_t exponent) noexcept {
  std::uint64_t power = 1;
  for (; exponent != 0; --exponent) {
    power *= 10;
  }
  return power;
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) noexcept {
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
  const bool ends_in_point = point != std::string_view::npos && fraction.empty();
  if (whole.empty() || ends_in_point || whole.size() + fraction.size() > most_digits) {
    return std::nullopt;
  }
  Decimal number{0, fraction.size()};
  for (const std::string_view part : {whole, fraction}) {
    for (const char c : part) {
      if (!detail::is_digit(c)) {
        return std::nullopt;
      }
      number.digits = number.digits * 10 + static_cast<std::uint64_t>(c - '0');
    }
  }
  return number;
}

bool less(const Decimal& a, const Decimal& b) noexcept {
  return a.digits * power_of_ten(b.decimals) < b.digits * power_of_ten(a.decimals);
}

std::optional<std::string> times(const Decimal& number, std::uint64_t count) {
  if (count != 0 && number.digits > std::numeric_limits<std::uint64_t>::max() / count) {
    return std::nullopt;
  }
  std::string text = std::to_string(number.digits * count);
  if (number.decimals == 0) {
    return text;
  }
  if (text.size() <= number.decimals) {
    text.insert(0, number.decimals + 1 - text.size(), '0');
  }
  text.insert(text.size() - number.decimals, 1, '.');
  return text;
}

}  // namespace messenger::twilio
