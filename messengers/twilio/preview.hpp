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

/// Which of a country's prices is asked for; empty = any, and then the dearest is meant.
struct PriceChoice {
  std::string_view mcc{};          ///< of the recipient's network, "262"
  std::string_view number_type{};  ///< of the sender: "local", "mobile", "national", "shortcode", "toll-free", …
};

/// The dearest fitting price of a country (https://www.twilio.com/docs/messaging/api/pricing); nothing when it names
/// none.
std::optional<PartPrice> part_price(const boost::json::object& country, const PriceChoice& choice);

/// Adds {"price", "currency"}: the price of all parts, exact and as text. False when the amount is no decimal number.
bool add_price(boost::json::object& preview, const PartPrice& price);

}  // namespace messenger::twilio
