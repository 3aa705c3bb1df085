// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace messenger::twilio {

/// How Twilio would send a text: {"encoding", "parts", "units", "remaining", "characters", "warnings": [...]}. A
/// warning is a sentence that names no more of the text than code points ("U+0416") that GSM-7 does not have.
boost::json::object preview_of(std::string_view body);

/// What one part costs; the amount is a decimal number as Twilio writes it.
struct PartPrice {
  std::string amount{};
  std::string currency{};
};

/// The dearest current price of a country, whatever the recipient's network and the sender's number type
/// (https://www.twilio.com/docs/messaging/api/pricing); nothing when it names none.
std::optional<PartPrice> part_price(const boost::json::object& country);

/// Adds {"price", "currency"}: the price of all parts, exact and as text. False when the amount is no decimal number.
bool add_price(boost::json::object& preview, const PartPrice& price);

}  // namespace messenger::twilio
