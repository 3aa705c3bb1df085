#include "simulator/twilio/field.hpp"

#include <algorithm>
#include <charconv>

#include "simulator/text.hpp"

namespace messenger::simulator::twilio {
namespace {

namespace json = boost::json;

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

bool is_json(std::string_view text) {
  json::error_code error;
  json::parse(text, error);
  return !error;
}

bool is_decimal(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return whole_number(text).has_value();
  return whole_number(text.substr(0, dot)).has_value() && whole_number(text.substr(dot + 1)).has_value();
}

bool is_choice(std::string_view choices, std::string_view text) {
  return text.find('|') == std::string_view::npos &&
         ("|" + std::string{choices}).find("|" + std::string{text} + "|") != std::string::npos;
}

bool is_good_number(const Field& field, std::string_view text) {
  const auto number = whole_number(text);
  return number && *number >= field.least && (field.most == 0 || *number <= field.most);
}

bool is_good(const Field& field, std::string_view text) {
  switch (field.kind) {
    case Kind::text:
      return field.most == 0 || decode_utf8(text).size() <= static_cast<std::size_t>(field.most);
    case Kind::url:
      return is_url(text);
    case Kind::flag:
      return text == "true" || text == "false";
    case Kind::number:
      return is_good_number(field, text);
    case Kind::decimal:
      return is_decimal(text);
    case Kind::choice:
      return is_choice(field.choices, text);
    case Kind::json:
      return is_json(text);
  }
  return false;
}

json::value value_of(Kind kind, std::string_view text) {
  if (text.empty()) return nullptr;
  if (kind == Kind::flag) return text == "true";
  if (kind == Kind::number) return *whole_number(text);
  return json::value(text);
}

}  // namespace

std::string member_name(std::string_view parameter) {
  std::string name;
  for (const char c : parameter) {
    if (is_upper(c) && !name.empty()) name.push_back('_');
    name.push_back(is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return name;
}

std::optional<Error> check_field(const Field& field, const Form& form) {
  const std::string_view text = form.get(field.parameter);
  if (text.empty() || is_good(field, text)) return std::nullopt;
  return Error{field.code, "Invalid value for parameter " + std::string{field.parameter}};
}

std::optional<Error> check_new(std::span<const Field> fields, const Form& form) {
  for (const Field& field : fields) {
    if (!field.required || !form.get(field.parameter).empty()) continue;
    return Error{20001, "Missing required parameter " + std::string{field.parameter} + " in the post body"};
  }
  return check_changes(fields, form);
}

std::optional<Error> check_changes(std::span<const Field> fields, const Form& form) {
  for (const Field& field : fields) {
    const bool emptied = field.required && form.has(field.parameter) && form.get(field.parameter).empty();
    if (emptied) return Error{field.code, "Invalid value for parameter " + std::string{field.parameter}};
    if (auto problem = check_field(field, form)) return problem;
  }
  return std::nullopt;
}

void set_initial(std::span<const Field> fields, json::object& shown) {
  for (const Field& field : fields) shown[member_name(field.parameter)] = json::parse(field.initial);
}

void set_fields(std::span<const Field> fields, const Form& form, json::object& shown) {
  for (const Field& field : fields) {
    if (!form.has(field.parameter)) continue;
    const std::string_view text = form.get(field.parameter);
    // An empty text takes a URL away; of a flag, a number or a choice it says nothing.
    const bool clears = field.kind == Kind::text || field.kind == Kind::url;
    if (text.empty() && !clears) continue;
    shown[member_name(field.parameter)] = value_of(field.kind, text);
  }
}

bool is_url(std::string_view text) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (text.starts_with(scheme)) return text.size() > scheme.size() && text.find(' ') == std::string_view::npos;
  }
  return false;
}

std::optional<long> whole_number(std::string_view text) {
  long number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool complete = error == std::errc{} && end == text.data() + text.size() && number >= 0;
  return complete && text.front() != '-' ? std::optional{number} : std::nullopt;
}

}  // namespace messenger::simulator::twilio
