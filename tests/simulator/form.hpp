#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace messenger::simulator {

/// The two halves of a request target; views into it.
struct Target {
  std::string_view path;
  std::string_view query;
};

/// Splits at the first question mark.
Target split_target(std::string_view target);

/// Escapes all but RFC 3986's unreserved characters.
std::string percent_encode(std::string_view text);

/// The fields of a query or of an application/x-www-form-urlencoded body, in order; names may repeat.
class Form {
 public:
  Form() = default;
  explicit Form(std::string_view encoded);

  /// The first value of this name; empty when there is none, which Twilio treats alike.
  std::string_view get(std::string_view name) const;

  /// Whether there is a field of this name, be it empty.
  bool has(std::string_view name) const;

  /// Every value of this name that is not empty.
  std::vector<std::string_view> all(std::string_view name) const;

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

}  // namespace messenger::simulator
