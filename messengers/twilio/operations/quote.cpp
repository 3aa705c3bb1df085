// SPDX-License-Identifier: Apache-2.0
#include "twilio/operations/quote.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "twilio/dialing_code.hpp"
#include "twilio/preview.hpp"

namespace messenger::twilio {
namespace {

constexpr std::string_view no_price = "Twilio names no price for the recipient's country.";

}  // namespace

Quote::Quote(const Input& input) : preview_(preview_of(input.find("body"))) {
  if (input.find("price") != "true") {
    return;
  }
  country_ = input.has("country") ? input.find("country") : country_of(input.find("to"));
  if (country_.empty()) {
    warn("The recipient's country, and so the price, is not known.");
  }
}

void Quote::add_prices(std::string_view pricing) {
  boost::json::error_code error;
  const auto parsed = boost::json::parse({pricing.data(), pricing.size()}, error);
  const auto price = error || !parsed.is_object() ? std::nullopt : part_price(parsed.get_object());
  if (!price || !add_price(preview_, *price)) {
    add_no_prices();
  }
}

void Quote::add_no_prices() {
  warn(no_price);
}

std::string Quote::json() const {
  return boost::json::serialize(preview_);
}

void Quote::warn(std::string_view text) {
  preview_["warnings"].as_array().emplace_back(boost::json::string_view(text.data(), text.size()));
}

}  // namespace messenger::twilio
