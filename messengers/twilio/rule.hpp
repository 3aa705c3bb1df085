// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace messenger::twilio {

/// What a parameter's value must be.
enum class Rule {
  text,
  nothing,  ///< the empty text
  recipient,
  sender,
  alpha_sender,
  sid,
  url,
  boolean,
  integer,
  decimal,
  choice,
  day,      ///< "2026-01-31"
  date,     ///< a day or an instant
  instant,  ///< ISO 8601
  country,  ///< ISO 3166-1 alpha-2
  json_object
};

/// A parameter of Twilio's; all texts are literals.
struct Parameter {
  std::string_view name;
  Rule rule;
  std::string_view argument{};  ///< of sid its prefixes, of choice its words, between spaces
  std::int64_t max = 0;         ///< of an integer; of a text its characters, 0 = any number
  std::size_t repeats = 1;      ///< how often it may be given
  std::int64_t min = 1;         ///< of an integer; 0 allows an empty text or URL, which clears it at Twilio
  bool required = false;
  bool secret = false;
  std::string_view key{};  ///< how it is written in a query where that differs from its name, percent-encoded
};

/// The first word of a list between spaces, taken off it; empty when none is left.
std::string_view take_word(std::string_view& words) noexcept;

/// The number that text is; 0 when it is none.
std::int64_t to_integer(std::string_view text) noexcept;

/// How many characters stand in valid UTF-8.
std::size_t characters(std::string_view utf8) noexcept;

/// Whether Twilio accepts this value as far as can be told without asking it.
bool is_good(const Parameter& parameter, std::string_view value) noexcept;

/// What a value must be, as the rest of "The parameter X …".
std::string requirement(const Parameter& parameter);

}  // namespace messenger::twilio
