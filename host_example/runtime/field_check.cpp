// SPDX-License-Identifier: Apache-2.0
#include "runtime/field_check.hpp"

#include <algorithm>
#include <boost/algorithm/string/join.hpp>
#include <boost/algorithm/string/replace.hpp>
#include <boost/json/array.hpp>
#include <string>

#include "runtime/uuid_text.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

using Kind = Field::Kind;

bool is_integer(const json::value& value) {
  return value.is_int64() || value.is_uint64();
}

template <class Is>
bool all_items(const json::value& value, Is is) {
  return value.is_array() && std::all_of(value.get_array().begin(), value.get_array().end(), is);
}

bool is_text_map(const json::value& value) {
  return value.is_object() && std::all_of(value.get_object().begin(), value.get_object().end(),
                                          [](const auto& member) { return member.value().is_string(); });
}

bool has_kind(const json::value& value, Kind kind) {
  switch (kind) {
    case Kind::text:
    case Kind::uuid:
      return value.is_string();
    case Kind::boolean:
      return value.is_bool();
    case Kind::integer:
      return is_integer(value);
    case Kind::number:
      return value.is_number();
    case Kind::object:
      return value.is_object();
    case Kind::text_list:
      return all_items(value, [](const json::value& item) { return item.is_string(); });
    case Kind::text_map:
      return is_text_map(value);
    case Kind::object_list:
      break;
  }
  return all_items(value, [](const json::value& item) { return item.is_object(); });
}

std::string_view describe(Kind kind) {
  switch (kind) {
    case Kind::text:
    case Kind::uuid:
      return "a string";
    case Kind::boolean:
      return "true or false";
    case Kind::integer:
      return "an integer";
    case Kind::number:
      return "a number";
    case Kind::object:
      return "an object";
    case Kind::text_list:
      return "an array of strings";
    case Kind::text_map:
      return "an object of strings";
    case Kind::object_list:
      break;
  }
  return "an array of objects";
}

bool is_within(const json::value& value, const Field& field) {
  if (value.is_uint64()) {  // what does not fit into an int64
    return false;
  }
  return value.get_int64() >= field.least && value.get_int64() <= field.most;
}

// Characters, as a schema counts them, and not bytes.
bool has_length(std::string_view text, const Field& field) {
  const auto length = static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char byte) { return (byte & 0xc0) != 0x80; }));
  return length >= field.shortest && length <= field.longest;
}

std::string describe_length(const Field& field) {
  const std::string longest = std::to_string(field.longest) + " characters.";
  return field.shortest == 0 ? "must have at most " + longest
                             : "must have from " + std::to_string(field.shortest) + " to " + longest;
}

bool is_choice(const json::value& value, const Field& field) {
  return field.choices.empty() ||
         std::find(field.choices.begin(), field.choices.end(), value.get_string()) != field.choices.end();
}

std::string escaped(std::string_view name) {
  std::string text(name);
  boost::replace_all(text, "~", "~0");
  boost::replace_all(text, "/", "~1");
  return text;
}

class Check {
 public:
  Check(std::span<const Field> fields, std::string_view root) : fields_(fields), root_(root) {}

  std::vector<loader::Issue> operator()(const json::object& document) {
    check_members(document, "");
    for (const Field& field : fields_) {
      if (field.required && find_member(document, field.path) == nullptr) {
        const bool is_text = field.kind == Kind::text || field.kind == Kind::uuid;
        report(field.path, is_text ? "blank" : "missing", "You must specify [" + std::string(field.path) + "].");
      }
    }
    return std::move(issues_);
  }

 private:
  void report(std::string_view path, std::string_view code, std::string text) {
    issues_.push_back({root_ + "/" + std::string(path), std::string(code), std::move(text)});
  }

  void check_members(const json::object& object, const std::string& prefix) {
    for (const auto& member : object) {
      if (!member.value().is_null()) {
        check_member(prefix + escaped(member.key()), member.value());
      }
    }
  }

  void check_member(const std::string& path, const json::value& value) {
    const auto field =
        std::find_if(fields_.begin(), fields_.end(), [&](const Field& each) { return each.path == path; });
    if (field != fields_.end()) {
      return check_value(*field, value);
    }
    const bool leads_on = std::any_of(fields_.begin(), fields_.end(),
                                      [&](const Field& each) { return each.path.starts_with(path + "/"); });
    if (!leads_on) {
      report(path, "unknown", "There is no such member here.");
    } else if (!value.is_object()) {
      report(path, "invalidJSON", "[" + path + "] must be an object.");
    } else {
      check_members(value.get_object(), path + "/");
    }
  }

  void check_value(const Field& field, const json::value& value) {
    const std::string name = "[" + std::string(field.path) + "]";
    if (!has_kind(value, field.kind)) {
      report(field.path, "invalidJSON", name + " must be " + std::string(describe(field.kind)) + ".");
    } else if (field.kind == Kind::integer && !is_within(value, field)) {
      report(field.path, "invalid",
             name + " must be from " + std::to_string(field.least) + " to " + std::to_string(field.most) + ".");
    } else if (value.is_string()) {
      check_text(field, name, value);
    } else if (field.kind == Kind::text_map) {
      for (const auto& member : value.get_object()) {
        check_length(field, std::string(field.path) + "/" + escaped(member.key()), member.value());
      }
    } else if (field.kind == Kind::text_list) {
      for (std::size_t i = 0; i < value.get_array().size(); ++i) {
        check_length(field, std::string(field.path) + "/" + std::to_string(i), value.get_array()[i]);
      }
    }
  }

  void check_length(const Field& field, const std::string& path, const json::value& value) {
    if (!has_length(value.get_string(), field)) {
      report(path, "invalid", "A text of [" + std::string(field.path) + "] " + describe_length(field));
    }
  }

  void check_text(const Field& field, const std::string& name, const json::value& value) {
    const std::string text(value.get_string());
    if ((field.required || field.shortest > 0) && text.empty()) {
      report(field.path, "blank", name + " must not be empty.");
    } else if (!has_length(text, field)) {
      report(field.path, "invalid", name + " " + describe_length(field));
    } else if (field.kind == Kind::uuid && !is_uuid(text)) {
      report(field.path, "invalid", name + " must be a UUID.");
    } else if (!is_choice(value, field)) {
      report(field.path, "invalid",
             "Expected " + name + " to be one of [" +
                 boost::algorithm::join(std::vector<std::string>(field.choices.begin(), field.choices.end()), ", ") +
                 "], but found [" + text + "].");
    }
  }

  std::span<const Field> fields_;
  std::string root_;
  std::vector<loader::Issue> issues_;
};

}  // namespace

std::vector<loader::Issue> check_fields(const json::object& document, std::span<const Field> fields,
                                        std::string_view root) {
  return Check(fields, root)(document);
}

const json::value* find_member(const json::object& document, std::string_view path) {
  const std::size_t slash = std::min(path.find('/'), path.size());
  const json::value* const value = document.if_contains(path.substr(0, slash));
  if (value == nullptr || value->is_null() || slash == path.size()) {
    return value == nullptr || value->is_null() ? nullptr : value;
  }
  return value->is_object() ? find_member(value->get_object(), path.substr(slash + 1)) : nullptr;
}

std::string_view text_member(const json::object& document, std::string_view path) {
  const json::value* const value = find_member(document, path);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

}  // namespace messenger::host
