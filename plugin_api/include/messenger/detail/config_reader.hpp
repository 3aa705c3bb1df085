// SPDX-License-Identifier: Apache-2.0
#ifndef MESSENGER_DETAIL_CONFIG_READER_HPP
#define MESSENGER_DETAIL_CONFIG_READER_HPP

#include <messenger/detail/field.hpp>
#include <messenger/detail/http_syntax.hpp>
#include <messenger/detail/json_pointer.hpp>
#include <messenger/issue.hpp>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace messenger::detail {

/// Reads a flattened configuration against declared fields and appends every problem to issues.
class ConfigReader {
 public:
  ConfigReader(const std::vector<FieldSpec>& specs, Issues& issues)
      : specs_(specs), issues_(issues), values_(specs.size()) {}

  /// One value per declared field, in the order of declaration.
  std::vector<FieldValue> read(const msgr_config& config) {
    for (std::size_t i = 0; i < config.field_count; ++i) {
      take(config.fields[i]);
    }
    for (std::size_t i = 0; i < specs_.size(); ++i) {
      const FieldValue& value = values_[i];
      if (specs_[i].options.required && !value.given && !value.bad) {
        add(pointer_to(specs_[i].name), "missing", std::string(specs_[i].name) + " is required.");
      }
    }
    return std::move(values_);
  }

 private:
  void add(std::string pointer, const char* code, std::string text) {
    issues_.push_back({std::move(pointer), code, std::move(text)});
  }

  // The first problem of a field stands for all that follow from it.
  void fail(FieldValue& value, std::string pointer, const char* code, const std::string& what) {
    if (!value.bad) {
      add(std::move(pointer), code, std::string(value.name) + " " + what + ".");
    }
    value.bad = true;
    value.given = false;
  }

  void take(const msgr_field& field) {
    std::string_view rest = to_view(field.pointer);
    if (rest.empty()) {
      if (field.type != MSGR_OBJECT) {
        add("", "invalidJSON", "The configuration must be an object.");
      }
      return;
    }
    const std::string name = take_token(rest);
    const auto spec = std::find_if(specs_.begin(), specs_.end(), [&](const FieldSpec& one) {
      return one.name == name || (!one.options.alias.empty() && one.options.alias == name);
    });
    if (spec == specs_.end()) {
      return unknown(name);
    }
    if (rest.empty() && field.type == MSGR_NULL) {
      return;  // null counts as absent
    }
    FieldValue& value = values_[static_cast<std::size_t>(spec - specs_.begin())];
    if (spec->kind == FieldKind::any) {
      value.given = true;
      return;
    }
    const bool aliased = spec->name != name;
    const std::string_view used = aliased ? spec->options.alias : spec->name;
    if (!value.name.empty() && (value.name != used || !spec->is_map())) {
      return fail(value, pointer_to(name), "invalid", "is given twice; " + std::string(used) + " is the same field");
    }
    value.name = used;
    if (spec->is_map()) {
      return take_member(*spec, value, field, rest);
    }
    take_scalar(*spec, value, field, rest);
  }

  // A member with members of its own arrives as several neighbours: said once.
  void unknown(const std::string& name) {
    if (last_unknown_ == name) {
      return;
    }
    last_unknown_ = name;
    add(pointer_to(name), "unknown", "This messenger has no such field.");
  }

  void take_scalar(const FieldSpec& spec, FieldValue& value, const msgr_field& field, std::string_view rest) {
    value.text = to_view(field.text);
    value.given = true;
    const std::string pointer = pointer_to(value.name);
    const std::uint32_t type = rest.empty() ? field.type : std::uint32_t{MSGR_OBJECT};
    switch (spec.kind) {
      case FieldKind::integer:
        if (type != MSGR_NUMBER) {
          return fail(value, pointer, "invalidJSON", "must be a number");
        }
        return take_integer(spec, value, pointer);
      case FieldKind::boolean:
        if (type != MSGR_BOOLEAN) {
          return fail(value, pointer, "invalidJSON", "must be true or false");
        }
        value.boolean = value.text == "true";
        return;
      default:
        if (type != MSGR_STRING) {
          return fail(value, pointer, "invalidJSON", "must be a string");
        }
        return take_text(spec, value, pointer);
    }
  }

  void take_integer(const FieldSpec& spec, FieldValue& value, const std::string& pointer) {
    const char* end = value.text.data() + value.text.size();
    const auto [stop, error] = std::from_chars(value.text.data(), end, value.integer);
    const bool whole = error == std::errc{} && stop == end;
    if (whole && value.integer >= spec.options.min && value.integer <= spec.options.max) {
      return;
    }
    fail(value, pointer, "invalid",
         "must be a whole number from " + std::to_string(spec.options.min) + " to " + std::to_string(spec.options.max));
  }

  void take_text(const FieldSpec& spec, FieldValue& value, const std::string& pointer) {
    if (value.text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
      if (spec.options.required) {
        return fail(value, pointer, "blank", "must not be empty");
      }
      if (value.text.empty()) {
        value.given = false;  // optional and empty is as good as absent
      }
    }
    if (!value.given) {
      return;
    }
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
    const auto characters =
        value.text.size() - static_cast<std::size_t>(std::count_if(value.text.begin(), value.text.end(), continues));
    if (spec.options.max_length != 0 && characters > spec.options.max_length) {
      return fail(value, pointer, "invalid",
                  "must have at most " + std::to_string(spec.options.max_length) + " characters");
    }
    if (spec.kind != FieldKind::url) {
      return;
    }
    const std::string_view problem = url_problem(value.text);
    if (!problem.empty()) {
      fail(value, pointer, "invalid", std::string(problem));
    }
  }

  void take_member(const FieldSpec& spec, FieldValue& value, const msgr_field& field, std::string_view rest) {
    const std::string pointer = pointer_to(value.name);
    if (rest.empty()) {
      if (field.type != MSGR_OBJECT) {
        value.is_no_object = true;
        return fail(value, pointer, "invalidJSON", "must be an object");
      }
      value.given = !value.bad;
      return;
    }
    if (value.is_no_object) {
      return;  // said once, of the whole
    }
    const std::string name = take_token(rest);
    std::string member = pointer;
    append_token(member, name);
    if (rest.empty() && field.type == MSGR_NULL) {
      return;
    }
    if (!rest.empty() || field.type != MSGR_STRING) {
      if (member != last_member_) {
        add(member, "invalidJSON", "A member of " + std::string(value.name) + " must be a string.");
      }
      last_member_ = member;
      value.bad = true;
      return;
    }
    const std::string problem = spec.kind == FieldKind::headers ? header_problem(value, name, to_view(field.text)) : "";
    value.bad = value.bad || !problem.empty();
    if (!problem.empty()) {
      add(member, "invalid", problem);
    }
    value.given = !value.bad;
    value.members.emplace_back(name, to_view(field.text));
  }

  static std::string header_problem(const FieldValue& value, const std::string& name, std::string_view text) {
    if (!is_token(name)) {
      return "A header's name must be a token of RFC 9110.";
    }
    if (is_framing_header(name)) {
      return "This header is written by the HTTP service alone.";
    }
    if (!is_header_value(text)) {
      return "A header's value must have no control character.";
    }
    const bool twice = std::any_of(value.members.begin(), value.members.end(),
                                   [&](const auto& other) { return equal_nocase(other.first, name); });
    return twice ? "This header is given twice; upper and lower case are the same." : "";
  }

  const std::vector<FieldSpec>& specs_;
  Issues& issues_;
  std::vector<FieldValue> values_;
  std::optional<std::string> last_unknown_;
  std::string last_member_;
};

}  // namespace messenger::detail

#endif
