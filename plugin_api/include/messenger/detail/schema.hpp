// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_DETAIL_SCHEMA_HPP
#define MESSENGER_DETAIL_SCHEMA_HPP

#include <messenger/detail/field.hpp>
#include <messenger/detail/json_text.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace messenger::detail {

// The compiler writes the schema where a class declares its fields constexpr, and the plugin when it is loaded where
// not: so all of it is constexpr and goes straight into one text.

/// std::to_string is not constexpr before C++26.
MESSENGER_CONSTEXPR_TEXT void append_number(std::string& out, std::uint64_t value) {
  std::string digits;
  do {
    digits += static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value != 0);
  out.append(digits.rbegin(), digits.rend());
}
MESSENGER_CONSTEXPR_TEXT void append_number(std::string& out, std::int64_t value) {
  if (value < 0) {
    out += '-';
  }
  append_number(out, value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value));
}

MESSENGER_CONSTEXPR_TEXT void append_name(std::string& out, std::string_view name) {
  if (out.back() != '{') {
    out += ',';
  }
  append_json_string(out, name);
  out += ':';
}

MESSENGER_CONSTEXPR_TEXT void append_member(std::string& out, std::string_view name, std::string_view json) {
  append_name(out, name);
  out += json;
}

MESSENGER_CONSTEXPR_TEXT void append_text_member(std::string& out, std::string_view name, std::string_view text) {
  if (!text.empty()) {
    append_name(out, name);
    append_json_string(out, text);
  }
}

inline constexpr std::string_view secret_marks = R"(,"writeOnly":true,"format":"password")";

MESSENGER_CONSTEXPR_TEXT void append_map_keywords(std::string& out, const FieldSpec& spec) {
  out += R"("type":"object","additionalProperties":{"type":"string")";
  if (spec.secret) {
    out += secret_marks;
  }
  out += '}';
  if (spec.kind == FieldKind::headers) {
    out += R"(,"propertyNames":{"pattern":"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"})";
  }
}

MESSENGER_CONSTEXPR_TEXT void append_string_keywords(std::string& out, const FieldSpec& spec) {
  out += R"("type":"string")";
  if (spec.options.required) {
    out += R"(,"minLength":1)";
  }
  if (spec.options.max_length != 0) {
    out += R"(,"maxLength":)";
    append_number(out, std::uint64_t{spec.options.max_length});
  }
  if (spec.kind == FieldKind::url) {
    out += R"(,"format":"uri")";
  }
  if (spec.secret) {
    out += secret_marks;
  }
}

/// The keywords that follow from a field's kind.
MESSENGER_CONSTEXPR_TEXT void append_keywords(std::string& out, const FieldSpec& spec) {
  switch (spec.kind) {
    case FieldKind::any:
      return;
    case FieldKind::boolean:
      out += R"("type":"boolean")";
      return;
    case FieldKind::integer:
      out += R"("type":"integer","minimum":)";
      append_number(out, spec.options.min);
      out += R"(,"maximum":)";
      append_number(out, spec.options.max);
      return;
    case FieldKind::string_map:
    case FieldKind::headers:
      return append_map_keywords(out, spec);
    default:
      return append_string_keywords(out, spec);
  }
}

MESSENGER_CONSTEXPR_TEXT void append_property(std::string& out, std::string_view name, const FieldSpec& spec,
                                              std::string_view help) {
  append_name(out, name);
  out += '{';
  append_keywords(out, spec);
  append_text_member(out, "title", spec.options.title);
  append_text_member(out, "description", help);
  if (!spec.options.example.empty()) {
    append_name(out, "examples");
    out += '[';
    append_json_string(out, spec.options.example);
    out += ']';
  }
  if (!spec.default_json.empty()) {
    append_member(out, "default", spec.default_json);
  }
  out += '}';
}

/// The JSON Schema (2020-12) of the declared fields. An alias is a property of its own.
MESSENGER_CONSTEXPR_TEXT std::string schema_of(const std::vector<FieldSpec>& specs) {
  constexpr std::size_t usual_property = 256;
  std::string out;
  out.reserve((specs.size() + 1) * usual_property);
  out = R"({"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{)";
  std::string required = "[";
  for (const FieldSpec& spec : specs) {
    append_property(out, spec.name, spec, spec.options.help);
    if (!spec.options.alias.empty()) {
      append_property(out, spec.options.alias, spec, "Another name of " + std::string(spec.name) + ".");
    }
    if (!spec.options.required) {
      continue;
    }
    if (required.back() != '[') {
      required += ',';
    }
    append_json_string(required, spec.name);
  }
  return out.append(R"(},"required":)").append(required).append(R"(],"additionalProperties":false})");
}

}  // namespace messenger::detail

#endif
