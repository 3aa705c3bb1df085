// SPDX-License-Identifier: Apache-2.0
#include "conformance/sample_value.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value_from.hpp>
#include <cmath>
#include <regex>

namespace messenger::host::conformance {

namespace json = boost::json;

namespace {

constexpr unsigned deepest = 16;
constexpr std::size_t most_parts = 64;
constexpr std::string_view no_port = "http://127.0.0.1:9/";  // nobody listens there, should anything be sent

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

bool has(const std::string& name, std::string_view part) {
  return name.find(part) != std::string::npos;
}

// What members of this kind usually are, the likeliest first; a pattern chooses among them.
std::vector<std::string> proposals(std::string_view format, const std::string& name) {
  std::vector<std::string> list;
  const auto add = [&](bool likely, std::string_view text) {
    list.insert(likely ? list.begin() : list.end(), std::string(text));
  };
  add(true, "sample");
  add(has(name, "host") || format == "hostname", "localhost");
  add(format == "ipv4", "127.0.0.1");
  add(format == "ipv6", "::1");
  add(has(name, "locale") || has(name, "language"), "en");
  add(format == "date", "2026-01-01");
  add(format == "date-time", "2026-01-01T00:00:00Z");
  add(format == "uuid", "7a2c9f3e-4b1d-4f6a-8c5e-0d9b8a7c6e5f");
  add(has(name, "mail") || format == "email", "sample@example.org");
  add(has(name, "phone") || has(name, "number") || has(name, "sender"), "+15005550006");
  add(has(name, "url") || has(name, "uri") || has(name, "endpoint") || format.starts_with("uri"), no_port);
  for (const char* text : {"15005550006", "0123456789abcdef0123456789abcdef", "A", "a", "1"}) {
    list.emplace_back(text);
  }
  return list;
}

bool matches(const std::string& text, std::string_view pattern) {
  try {
    return pattern.empty() || std::regex_search(text, std::regex(pattern.begin(), pattern.end()));
  } catch (const std::regex_error&) {
    return true;  // another dialect; the plugin will say
  }
}

std::size_t limit(const json::value* value, std::size_t otherwise) {
  return value != nullptr && value->is_int64() && value->get_int64() >= 0 ? static_cast<std::size_t>(value->get_int64())
                                                                          : otherwise;
}

double number_of(const json::value* value, double otherwise) {
  return value != nullptr && value->is_number() ? value->to_number<double>() : otherwise;
}

}  // namespace

void Sampler::add_parts(const json::object& schema, std::vector<const json::object*>& parts) const {
  if (parts.size() == most_parts) {
    return;
  }
  parts.push_back(&schema);
  const auto add = [&](const json::value& part) {
    if (part.is_object()) {
      add_parts(part.get_object(), parts);
    }
  };
  const auto* const reference = schema.if_contains("$ref");
  if (reference != nullptr && reference->is_string() && reference->get_string().starts_with('#')) {
    json::error_code error;
    const auto* const target = root_.find_pointer(reference->get_string().subview(1), error);
    if (target != nullptr) {
      add(*target);
    }
  }
  for (const char* const combination : {"allOf", "anyOf", "oneOf"}) {
    const auto* const list = schema.if_contains(combination);
    if (list == nullptr || !list->is_array() || list->get_array().empty()) {
      continue;
    }
    const auto& members = list->get_array();
    const bool all = combination == std::string_view("allOf");
    std::for_each(members.begin(), all ? members.end() : members.begin() + 1, add);
  }
}

std::vector<const json::object*> Sampler::parts(const json::object& schema) const {
  std::vector<const json::object*> parts;
  add_parts(schema, parts);
  return parts;
}

const json::value* Sampler::keyword(const json::object& schema, std::string_view name) const {
  for (const json::object* part : parts(schema)) {
    if (const auto* const value = part->if_contains(name)) {
      return value;
    }
  }
  return nullptr;
}

std::string_view Sampler::text_keyword(const json::object& schema, std::string_view name) const {
  const auto* const value = keyword(schema, name);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

std::string Sampler::type(const json::object& schema) const {
  const auto* const value = keyword(schema, "type");
  if (value != nullptr && value->is_array()) {
    for (const json::value& one : value->get_array()) {
      if (one.is_string() && one.get_string() != "null") {
        return std::string(one.get_string());
      }
    }
  }
  const bool object = keyword(schema, "properties") != nullptr || keyword(schema, "additionalProperties") != nullptr;
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : object ? "object" : "string";
}

bool Sampler::is_secret(const json::object& schema) const {
  const auto* const mark = keyword(schema, "writeOnly");
  return mark != nullptr && mark->is_bool() && mark->get_bool();
}

bool Sampler::holds_secret(const json::object& schema) const {
  const auto is_secret_below = [&](const char* below) {
    const auto* const inner = keyword(schema, below);
    return inner != nullptr && inner->is_object() && is_secret(inner->get_object());
  };
  return is_secret(schema) || is_secret_below("additionalProperties") || is_secret_below("items");
}

const json::object* Sampler::property(const json::object& schema, std::string_view name) const {
  for (const json::object* part : parts(schema)) {
    const auto* const properties = part->if_contains("properties");
    const auto* const found =
        properties != nullptr && properties->is_object() ? properties->get_object().if_contains(name) : nullptr;
    if (found != nullptr && found->is_object()) {
      return &found->get_object();
    }
  }
  return nullptr;
}

std::vector<std::string> Sampler::names(const json::object& schema) const {
  std::vector<std::string> names;
  for (const json::object* part : parts(schema)) {
    const auto* const properties = part->if_contains("properties");
    if (properties == nullptr || !properties->is_object()) {
      continue;
    }
    for (const auto& member : properties->get_object()) {
      names.emplace_back(member.key());
    }
  }
  return names;
}

std::vector<std::string> Sampler::required(const json::object& schema) const {
  std::vector<std::string> names;
  for (const json::object* part : parts(schema)) {
    const auto* const list = part->if_contains("required");
    if (list == nullptr || !list->is_array()) {
      continue;
    }
    for (const json::value& name : list->get_array()) {
      if (name.is_string()) {
        names.emplace_back(name.get_string());
      }
    }
  }
  return names;
}

json::value Sampler::value(const json::object& schema, std::string_view name) {
  if (const auto* const constant = keyword(schema, "const")) {
    return *constant;
  }
  const std::string kind = type(schema);
  if (kind == "string" && is_secret(schema) && keyword(schema, "enum") == nullptr) {
    return json::value_from(text(schema, name));
  }
  for (const char* const given : {"default", "examples", "enum"}) {
    const auto* const values = keyword(schema, given);
    if (values != nullptr && given == std::string_view("default")) {
      return *values;
    }
    if (values != nullptr && values->is_array() && !values->get_array().empty()) {
      return values->get_array().front();
    }
  }
  if (kind == "object") {
    return object(schema);
  }
  if (kind == "array") {
    return array(schema, name);
  }
  if (kind == "boolean") {
    return false;
  }
  if (kind == "null") {
    return nullptr;
  }
  const bool number_kind = kind == "number" || kind == "integer";
  return number_kind ? number(schema, kind == "integer") : json::value_from(text(schema, name));
}

json::object Sampler::object(const json::object& schema) {
  json::object out;
  if (depth_ == deepest) {
    return out;
  }
  ++depth_;
  for (const std::string& name : required(schema)) {
    const json::object* const member = property(schema, name);
    out[name] = member == nullptr ? json::value("sample") : value(*member, name);
  }
  const auto* const others = keyword(schema, "additionalProperties");
  if (out.empty() && others != nullptr && others->is_object()) {
    out["X-Sample"] = value(others->get_object(), "X-Sample");
  }
  --depth_;
  return out;
}

json::value Sampler::array(const json::object& schema, std::string_view name) {
  json::array out;
  const auto* const items = keyword(schema, "items");
  const std::size_t count = std::max<std::size_t>(1, std::min<std::size_t>(8, limit(keyword(schema, "minItems"), 1)));
  for (std::size_t i = 0; i != count && depth_ != deepest; ++i) {
    ++depth_;
    out.push_back(items != nullptr && items->is_object() ? value(items->get_object(), name) : json::value("sample"));
    --depth_;
  }
  return out;
}

json::value Sampler::number(const json::object& schema, bool integer) const {
  constexpr double usual = 1'000;  // most numbers of a messenger are milliseconds
  const double step = integer ? 1 : 0.5;
  const double exclusive = number_of(keyword(schema, "exclusiveMinimum"), -HUGE_VAL) + step;
  const double least = std::max(number_of(keyword(schema, "minimum"), -HUGE_VAL), exclusive);
  const double most = std::min(number_of(keyword(schema, "maximum"), HUGE_VAL),
                               number_of(keyword(schema, "exclusiveMaximum"), HUGE_VAL) - step);
  const double value = std::max(least, std::min(usual, most));
  return integer ? json::value(static_cast<std::int64_t>(std::ceil(value))) : json::value(value);
}

std::string Sampler::text(const json::object& schema, std::string_view name) {
  const std::size_t least = limit(keyword(schema, "minLength"), 1);
  const std::size_t most = std::max(least, limit(keyword(schema, "maxLength"), 4'096));
  const std::string_view pattern = text_keyword(schema, "pattern");
  auto candidates = proposals(text_keyword(schema, "format"), lower(name));
  if (is_secret(schema)) {
    candidates.insert(candidates.begin(), "CANARY-" + std::to_string(++secrets_) + "-e5c1b7f0a92d");
  }
  for (std::string text : candidates) {
    text.resize(std::clamp(text.size(), least, most), 'x');
    if (matches(text, pattern)) {
      return text;
    }
  }
  return candidates.front();
}

}  // namespace messenger::host::conformance
