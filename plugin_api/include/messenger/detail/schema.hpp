// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_DETAIL_SCHEMA_HPP
#define MESSENGER_DETAIL_SCHEMA_HPP

#include <messenger/detail/field.hpp>
#include <messenger/detail/json_text.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace messenger::detail {

inline void append_member(std::string& out, std::string_view name, std::string_view json) {
  if (out.back() != '{') {
    out += ',';
  }
  append_json_string(out, name);
  out += ':';
  out += json;
}

inline void append_text_member(std::string& out, std::string_view name, std::string_view text) {
  if (text.empty()) {
    return;
  }
  std::string json;
  append_json_string(json, text);
  append_member(out, name, json);
}

inline constexpr std::string_view secret_marks = R"("writeOnly":true,"format":"password")";

/// The keywords that follow from a field's kind.
inline std::string kind_keywords(const FieldSpec& spec) {
  const FieldOptions& options = spec.options;
  switch (spec.kind) {
    case FieldKind::any:
      return "";
    case FieldKind::boolean:
      return R"("type":"boolean")";
    case FieldKind::integer:
      return R"("type":"integer","minimum":)" + std::to_string(options.min) + R"(,"maximum":)" +
             std::to_string(options.max);
    case FieldKind::string_map:
    case FieldKind::headers: {
      std::string text = R"("type":"object","additionalProperties":{"type":"string")";
      if (spec.secret) {
        text.append(",").append(secret_marks);
      }
      text += '}';
      if (spec.kind == FieldKind::headers) {
        text += R"(,"propertyNames":{"pattern":"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"})";
      }
      return text;
    }
    default: {
      std::string text = R"("type":"string")";
      if (options.required) {
        text += R"(,"minLength":1)";
      }
      if (options.max_length != 0) {
        text += R"(,"maxLength":)" + std::to_string(options.max_length);
      }
      if (spec.kind == FieldKind::url) {
        text += R"(,"format":"uri")";
      }
      if (spec.secret) {
        text.append(",").append(secret_marks);
      }
      return text;
    }
  }
}

inline std::string property(const FieldSpec& spec, std::string_view help) {
  std::string out = "{" + kind_keywords(spec);
  append_text_member(out, "title", spec.options.title);
  append_text_member(out, "description", help);
  if (!spec.options.example.empty()) {
    std::string examples = "[";
    append_json_string(examples, spec.options.example);
    append_member(out, "examples", examples + "]");
  }
  if (!spec.default_json.empty()) {
    append_member(out, "default", spec.default_json);
  }
  return out + "}";
}

/// The JSON Schema (2020-12) of the declared fields. An alias is a property of its own.
inline std::string schema_of(const std::vector<FieldSpec>& specs) {
  std::string properties = "{";
  std::string required = "[";
  for (const FieldSpec& spec : specs) {
    append_member(properties, spec.name, property(spec, spec.options.help));
    if (!spec.options.alias.empty()) {
      append_member(properties, spec.options.alias, property(spec, "Another name of " + std::string(spec.name) + "."));
    }
    if (!spec.options.required) {
      continue;
    }
    if (required.back() != '[') {
      required += ',';
    }
    append_json_string(required, spec.name);
  }
  return R"({"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":)" + properties +
         R"(},"required":)" + required + R"(],"additionalProperties":false})";
}

}  // namespace messenger::detail

#endif
