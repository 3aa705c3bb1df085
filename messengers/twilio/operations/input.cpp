// SPDX-License-Identifier: Apache-2.0
#include "twilio/operations/input.hpp"

#include <messenger/detail/json_pointer.hpp>
#include <messenger/text.hpp>

#include <algorithm>
#include <string>

namespace messenger::twilio {
namespace {

Refusal refused(const Parameter& parameter, std::string_view why) {
  return {Outcome::rejected, "The parameter " + std::string(parameter.name) + " " + std::string(why)};
}

std::uint32_t type_of(const Parameter& parameter) noexcept {
  if (parameter.rule == Rule::boolean) {
    return MSGR_BOOLEAN;
  }
  return parameter.rule == Rule::integer || parameter.rule == Rule::decimal ? MSGR_NUMBER : MSGR_STRING;
}

// Of an element of an array the rest is one more token.
bool is_element(std::string_view rest) noexcept {
  return rest.size() > 1 && rest.find('/', 1) == std::string_view::npos;
}

}  // namespace

std::optional<Refusal> Input::read(const Entry& entry, std::span<const msgr_field> fields) {
  for (const msgr_field& field : fields) {
    if (auto refusal = read_field(entry, field)) {
      return refusal;
    }
  }
  for (const Parameter& parameter : entry.parameters) {
    if (parameter.required && !has(parameter.name)) {
      return refused(parameter, "is missing.");
    }
  }
  return std::nullopt;
}

std::string_view Input::find(std::string_view name) const noexcept {
  const auto at =
      std::find_if(given_.begin(), given_.end(), [&](const Given& one) { return one.parameter->name == name; });
  return at == given_.end() ? std::string_view{} : at->value;
}

std::optional<Refusal> Input::read_field(const Entry& entry, const msgr_field& field) {
  std::string_view rest = to_view(field.pointer);
  if (rest.empty()) {
    const bool object = field.type == MSGR_OBJECT;
    return object ? std::nullopt : std::optional(Refusal{Outcome::rejected, "The input must be a JSON object."});
  }
  const std::string name = detail::take_token(rest);
  const Parameter* parameter = find_parameter(entry, name);
  if (parameter == nullptr) {
    return Refusal{Outcome::rejected, "There is no parameter " + shown_name(name) + "."};
  }
  const bool repeated = parameter->repeats > 1;
  if (repeated && rest.empty() && field.type == MSGR_ARRAY) {
    return std::nullopt;
  }
  if (!rest.empty() && !(repeated && is_element(rest))) {
    return refused(*parameter, requirement(*parameter));
  }
  return keep(*parameter, field);
}

std::optional<Refusal> Input::keep(const Parameter& parameter, const msgr_field& field) {
  std::string_view value = to_view(field.text);
  if (value.data() == nullptr) {
    value = "";  // given, and so not absent
  }
  if (field.type != type_of(parameter) || !is_good(parameter, value)) {
    return refused(parameter, requirement(parameter));
  }
  const auto same = [&](const Given& one) { return one.parameter == &parameter; };
  const auto before = static_cast<std::size_t>(std::count_if(given_.begin(), given_.end(), same));
  if (before == parameter.repeats) {
    return refused(parameter, "is given too often.");
  }
  given_.push_back({&parameter, value});
  return std::nullopt;
}

}  // namespace messenger::twilio
