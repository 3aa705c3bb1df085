// SPDX-License-Identifier: Apache-2.0
#include "twilio/operations/schema.hpp"

#include <messenger/detail/schema.hpp>

#include <string_view>

namespace messenger::twilio {
namespace {

using detail::append_member;
using detail::append_text_member;

constexpr std::string_view draft = R"("https://json-schema.org/draft/2020-12/schema")";

std::string quoted(std::string_view text) {
  std::string out;
  detail::append_json_string(out, text);
  return out;
}

template <class Convert>
std::string joined(std::string_view words, std::string_view mark, Convert convert) {
  std::string out;
  for (auto word = take_word(words); !word.empty(); word = take_word(words)) {
    out.append(out.empty() ? "" : mark).append(convert(word));
  }
  return out;
}

std::string sid_pattern(std::string_view prefixes) {
  return "^(" + joined(prefixes, "|", [](std::string_view prefix) { return std::string(prefix); }) +
         ")[0-9a-fA-F]{32}$";
}

void append_text(std::string& out, const Parameter& parameter) {
  append_member(out, "type", R"("string")");
  if (parameter.min != 0) {
    append_member(out, "minLength", std::to_string(parameter.min));
  }
  if (parameter.max != 0) {
    append_member(out, "maxLength", std::to_string(parameter.max));
  }
}

// The keywords of one value.
void append_rule(std::string& out, const Parameter& parameter) {
  switch (parameter.rule) {
    case Rule::boolean:
      return append_member(out, "type", R"("boolean")");
    case Rule::decimal:
      return append_member(out, "type", R"("number")");
    case Rule::integer:
      append_member(out, "type", R"("integer")");
      append_member(out, "minimum", std::to_string(parameter.min));
      return append_member(out, "maximum", std::to_string(parameter.max));
    case Rule::text:
      return append_text(out, parameter);
    default:
      break;
  }
  append_member(out, "type", R"("string")");
  switch (parameter.rule) {
    case Rule::nothing:
      return append_member(out, "maxLength", "0");
    case Rule::sid:
      return append_text_member(out, "pattern", sid_pattern(parameter.argument));
    case Rule::choice:
      return append_member(out, "enum", "[" + joined(parameter.argument, ",", quoted) + "]");
    case Rule::country:
      return append_text_member(out, "pattern", "^[A-Z]{2}$");
    case Rule::alpha_sender:
      return append_member(out, "maxLength", "11");
    case Rule::day:
      return append_text_member(out, "format", "date");
    case Rule::instant:
      return append_text_member(out, "format", "date-time");
    case Rule::url:
      return parameter.min == 0 ? void() : append_text_member(out, "format", "uri");
    default:
      return;
  }
}

// For people and for tests that make inputs from schemas; empty where the rest of the schema says enough.
std::string example_of(const Parameter& parameter) {
  switch (parameter.rule) {
    case Rule::recipient:
      return "+15005550010";
    case Rule::sender:
      return "+15005550006";
    case Rule::alpha_sender:
      return "MyCompany";
    case Rule::sid: {
      std::string_view prefixes = parameter.argument;
      return std::string(take_word(prefixes)) + "0123456789abcdef0123456789abcdef";
    }
    case Rule::day:
    case Rule::date:
      return "2026-01-31";
    case Rule::instant:
      return "2026-01-31T08:30:00Z";
    case Rule::country:
      return "DE";
    case Rule::json_object:
      return R"({"1":"text"})";
    default:
      return {};
  }
}

std::string property(const Parameter& parameter) {
  std::string one = "{";
  append_rule(one, parameter);
  std::string out = "{";
  if (parameter.repeats > 1) {
    append_member(out, "oneOf",
                  "[" + one + R"(},{"type":"array","items":)" + one + R"(},"maxItems":)" +
                      std::to_string(parameter.repeats) + "}]");
  } else {
    out = one;
  }
  append_text_member(out, "description", "The value " + requirement(parameter));
  if (const std::string example = example_of(parameter); !example.empty()) {
    append_member(out, "examples", "[" + quoted(example) + "]");
  }
  if (parameter.secret) {
    append_member(out, "writeOnly", "true");
  }
  return out + "}";
}

std::string output_properties(const Entry& entry) {
  if (entry.answer == Answer::redirect) {
    return R"({"redirectTo":{"type":"string","format":"uri"}},"required":["redirectTo"])";
  }
  if (entry.answer == Answer::search) {
    return R"({"sid":{"type":"string"},"status":{"type":"string"},"dateCreated":{"type":"string"},)"
           R"("matched":{"type":"array","items":{"type":"string"}},"bodyCompared":{"type":"boolean"}},)"
           R"("required":["sid","matched"])";
  }
  if (entry.answer == Answer::quote) {
    return R"({"encoding":{"type":"string"},"parts":{"type":"integer"},"units":{"type":"integer"},)"
           R"("remaining":{"type":"integer"},"characters":{"type":"integer"},)"
           R"("warnings":{"type":"array","items":{"type":"string"}},"price":{"type":"string"},)"
           R"("currency":{"type":"string"}},"required":["encoding","parts","remaining","warnings"])";
  }
  if (entry.resource->sid.empty()) {
    return "{}";
  }
  return R"({"sid":{"type":"string","pattern":)" + quoted(sid_pattern(entry.resource->sid)) +
         R"(}},"required":["sid"])";
}

std::string_view title_of(const Entry& entry) noexcept {
  if (entry.answer == Answer::search) {
    return "Evidence";
  }
  return entry.answer == Answer::quote ? "Preview" : entry.resource->name;
}

}  // namespace

std::string input_schema(const Entry& entry) {
  std::string properties = "{";
  std::string required;
  const auto add = [&](const Parameter& parameter) {
    append_member(properties, parameter.name, property(parameter));
    if (parameter.required) {
      required.append(required.empty() ? "" : ",").append(quoted(parameter.name));
    }
  };
  for (const Parameter& parameter : entry.parameters) {
    add(parameter);
  }
  for (const Parameter& parameter : list_parameters) {
    if (entry.list()) {
      add(parameter);
    }
  }
  return R"({"$schema":)" + std::string(draft) + R"(,"type":"object","properties":)" + properties +
         R"(},"required":[)" + required + R"(],"additionalProperties":false})";
}

std::string output_schema(const Entry& entry) {
  if (entry.answer == Answer::nothing || entry.answer == Answer::account) {
    return {};
  }
  const std::string_view title = title_of(entry);
  return R"({"$schema":)" + std::string(draft) + R"(,"title":)" + quoted(title) + R"(,"type":"object","properties":)" +
         output_properties(entry) + "}";
}

}  // namespace messenger::twilio
