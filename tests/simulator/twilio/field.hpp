#pragma once

#include <boost/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "simulator/form.hpp"
#include "simulator/twilio/error.hpp"

namespace messenger::simulator::twilio {

/// What a parameter's text has to be.
enum class Kind { text, url, flag, number, decimal, choice, json };

/// One parameter that a client may set.
struct Field {
  std::string_view parameter;
  Kind kind = Kind::text;
  /// The value of the member without the parameter, as JSON.
  std::string_view initial = "null";
  /// The longest text in characters, or the largest number; 0 = any.
  long most = 0;
  /// What a choice has, with a bar after each: "GET|POST|".
  std::string_view choices = {};
  bool required = false;
  /// The error code of a bad value.
  int code = 20001;
  /// The smallest number.
  long least = 0;
};

/// friendly_name for FriendlyName: how the member is called that a parameter sets.
std::string member_name(std::string_view parameter);

/// What is wrong with the form's value of this field; nothing when it is good or absent.
std::optional<Error> check_field(const Field& field, const Form& form);

/// The first field that a new resource lacks or that has a bad value.
std::optional<Error> check_new(std::span<const Field> fields, const Form& form);

/// The first field with a bad value: an update may leave out what it likes.
std::optional<Error> check_changes(std::span<const Field> fields, const Form& form);

/// Sets every field to its initial value.
void set_initial(std::span<const Field> fields, boost::json::object& shown);

/// Sets the fields that the form has; an empty value makes a text null.
void set_fields(std::span<const Field> fields, const Form& form, boost::json::object& shown);

/// Whether the text is an absolute http or https URL.
bool is_url(std::string_view text);

/// A decimal number without a sign, all of the text; nothing for anything else.
std::optional<long> whole_number(std::string_view text);

}  // namespace messenger::simulator::twilio
