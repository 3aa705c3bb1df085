// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "twilio/operations/input.hpp"

namespace messenger::twilio {

/// The operation "preview": how a text would be sent, and for how much.
class Quote {
 public:
  /// The input has been checked.
  explicit Quote(const Input& input);

  /// Whose prices Twilio has to be asked for; empty = none, the quote is complete.
  [[nodiscard]] std::string_view country() const noexcept { return country_; }
  /// Adds the price that a pricing resource of Twilio's, a JSON object, names; a warning when it names none.
  void add_prices(std::string_view pricing);
  /// Says that Twilio has no prices for the country.
  void add_no_prices();
  [[nodiscard]] std::string json() const;

 private:
  void warn(std::string_view text);

  boost::json::object preview_;
  std::string_view country_{};
};

}  // namespace messenger::twilio
