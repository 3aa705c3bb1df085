// SPDX-License-Identifier: Apache-2.0
#include "twilio/preview.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "common/sms_text.hpp"
#include "twilio/decimal.hpp"
#include "twilio/request.hpp"
#include "twilio/rule.hpp"

namespace messenger::twilio {
namespace {

using common::SmsEncoding;
using common::SmsText;

// "U+0416", "U+1F600".
std::string code_point_name(char32_t code_point) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string name;
  for (; code_point != 0 || name.size() < 4; code_point >>= 4U) {
    name.insert(0, 1, hex[code_point & 15U]);
  }
  return "U+" + name;
}

std::string outside_warning(const SmsText& counted) {
  std::string names;
  for (const char32_t code_point : counted.outside_gsm7) {
    names += (names.empty() ? "" : ", ") + code_point_name(code_point);
  }
  return "The text needs UCS-2, which has fewer characters a part, because of " + names + ".";
}

std::string count_of_parts(std::size_t parts) {
  return std::to_string(parts) + (parts == 1 ? " part" : " parts");
}

boost::json::array warnings_of(std::string_view body, const SmsText& counted) {
  boost::json::array warnings;
  if (body.empty()) {
    warnings.emplace_back("The text is empty: Twilio takes it only with media or content.");
  }
  if (const std::size_t count = characters(body); count > longest_body) {
    warnings.emplace_back("The text has " + std::to_string(count) + " characters; Twilio takes at most " +
                          std::to_string(longest_body) + ".");
  }
  if (counted.encoding == SmsEncoding::gsm7) {
    return warnings;
  }
  warnings.emplace_back(outside_warning(counted));
  const SmsText smart = common::sms_text(body, common::SmartEncoding::on);
  if (smart.parts < counted.parts) {
    warnings.emplace_back("Smart encoding would send it in " + count_of_parts(smart.parts) + " in place of " +
                          std::to_string(counted.parts) + ".");
  }
  return warnings;
}

std::string_view text_of(const boost::json::object& object, std::string_view name) {
  const auto* const member = object.if_contains(name);
  const auto* const text = member == nullptr ? nullptr : member->if_string();
  return text == nullptr ? std::string_view{} : std::string_view(*text);
}

const boost::json::array& list_of(const boost::json::object& object, std::string_view name) {
  static const auto& none = *new boost::json::array;
  const auto* const member = object.if_contains(name);
  const auto* const list = member == nullptr ? nullptr : member->if_array();
  return list == nullptr ? none : *list;
}

// What Twilio asks now, after the account's discounts.
void take_dearer(const boost::json::object& price, std::optional<Decimal>& dearest, std::string& amount) {
  const std::string_view text = text_of(price, "current_price");
  const auto number = parse_decimal(text);
  if (number && (!dearest || less(*dearest, *number))) {
    dearest = number;
    amount = text;
  }
}

}  // namespace

boost::json::object preview_of(std::string_view body) {
  const SmsText counted = common::sms_text(body);
  return {{"encoding", to_string(counted.encoding)},
          {"parts", counted.parts},
          {"units", counted.units},
          {"remaining", counted.remaining},
          {"characters", characters(body)},
          {"warnings", warnings_of(body, counted)}};
}

std::optional<PartPrice> part_price(const boost::json::object& country) {
  std::optional<Decimal> dearest;
  PartPrice found{{}, std::string(text_of(country, "price_unit"))};
  for (const auto& network : list_of(country, "outbound_sms_prices")) {
    if (!network.is_object()) {
      continue;
    }
    for (const auto& price : list_of(network.get_object(), "prices")) {
      if (price.is_object()) {
        take_dearer(price.get_object(), dearest, found.amount);
      }
    }
  }
  return dearest ? std::optional(std::move(found)) : std::nullopt;
}

bool add_price(boost::json::object& preview, const PartPrice& price) {
  const auto amount = parse_decimal(price.amount);
  const auto* const parts = preview.if_contains("parts");
  if (!amount || parts == nullptr) {
    return false;
  }
  const auto total = times(*amount, parts->to_number<std::uint64_t>());
  if (!total) {
    return false;
  }
  preview["price"] = *total;
  preview["currency"] = price.currency;
  return true;
}

}  // namespace messenger::twilio
