// SPDX-License-Identifier: Apache-2.0
#include "schema_secrets.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <iterator>
#include <utility>

#include "json_check.hpp"

namespace messenger::loader {
namespace {

namespace json = boost::json;

constexpr unsigned deepest_reference = 16;

const json::object& object_at(const void* node) {
  return *static_cast<const json::object*>(node);
}

const json::object* find_object(const json::object& node, std::string_view key) {
  const json::value* const value = node.if_contains(key);
  return value == nullptr ? nullptr : value->if_object();
}

bool is_true(const json::object& node, std::string_view key) {
  const json::value* const value = node.if_contains(key);
  return value != nullptr && value->is_bool() && value->get_bool();
}

// Whether it says things of its members that are not looked at here. What may be secret there is treated as such.
bool is_beyond_us(const json::object& node) {
  constexpr const char* keywords[] = {"$dynamicRef", "$recursiveRef", "dependentSchemas", "dependencies"};
  return std::any_of(std::begin(keywords), std::end(keywords), [&](const char* key) { return node.contains(key); });
}

}  // namespace

// Parsed once and never changed, so its parts stand in a few blocks of memory and go with them.
struct Schema::Document {
  explicit Document(std::string_view text) : value(read(text, &memory)) {}

  // What was a JSON object when it was checked still is, unless its plugin changed it: then everything is secret.
  static json::value read(std::string_view text, const json::storage_ptr& memory) {
    json::error_code error;
    json::value value = json::parse(text, error, memory, {.max_depth = deepest_schema});
    if (error || !value.is_object()) value = json::object({{"writeOnly", true}}, memory);
    return value;
  }

  json::monotonic_resource memory;
  json::value value;
};

Schema::Schema(std::string_view text) : text_(text) {}
Schema::~Schema() = default;

std::shared_ptr<const Schema> Schema::parse(std::string_view text) {
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos || text[start] != '{' || !is_json(text, deepest_schema)) return nullptr;
  return std::shared_ptr<const Schema>(new Schema(text));
}

const json::value& Schema::document() const {
  std::call_once(once_, [this] { document_ = std::make_unique<Document>(text_); });
  return document_->value;
}

SchemaPlace Schema::root() const {
  SchemaPlace place(*this);
  place.add(&document().get_object(), 0);
  return place;
}

// Adds a schema and every schema that it refers to.
void SchemaPlace::add(const void* at, unsigned depth) {
  const json::object& node = object_at(at);
  secret_ = secret_ || is_true(node, "writeOnly") || depth == deepest_reference || is_beyond_us(node);
  if (depth == deepest_reference) return;
  nodes_.push_back(at);
  for (const char* key : {"allOf", "anyOf", "oneOf"}) {
    const json::value* const list = node.if_contains(key);
    if (list == nullptr || !list->is_array()) continue;
    for (const json::value& item : list->get_array()) {
      if (item.is_object()) add(&item.get_object(), depth + 1);
    }
  }
  for (const char* key : {"if", "then", "else"}) {
    if (const json::object* const branch = find_object(node, key)) add(branch, depth + 1);
  }
  if (const json::value* const reference = node.if_contains("$ref")) add_referred(*reference, depth);
}

void SchemaPlace::add_referred(const json::value& reference, unsigned depth) {
  const json::value* target = nullptr;
  if (reference.is_string() && reference.get_string().starts_with('#')) {
    json::error_code error;
    target = schema_->document().find_pointer(reference.get_string().subview(1), error);
  }
  if (target != nullptr && target->is_object()) {
    add(&target->get_object(), depth + 1);
  } else {
    secret_ = true;  // an anchor, or another document
  }
}

// True when this schema describes the member, by its name or together with others.
bool SchemaPlace::add_member_of(const void* at, std::string_view name) {
  const json::object& node = object_at(at);
  bool described = false;
  const json::object* const properties = find_object(node, "properties");
  if (properties != nullptr) {
    described = properties->contains(name);
    if (const json::object* const member = find_object(*properties, name)) add(member, 0);
  }
  const json::object* const patterns = find_object(node, "patternProperties");
  if (patterns != nullptr) {
    for (const auto& [pattern, schema] : *patterns) {
      if (schema.is_object()) add(&schema.get_object(), 0);
    }
  }
  if (described) return true;
  described = patterns != nullptr;
  for (const char* key : {"additionalProperties", "unevaluatedProperties"}) {
    const json::object* const others = find_object(node, key);
    if (others != nullptr) add(others, 0);
    described = described || others != nullptr || is_true(node, key);
  }
  return described;
}

SchemaPlace SchemaPlace::member(std::string_view name) const {
  SchemaPlace place(*schema_);
  place.secret_ = secret_;
  bool described = false;
  bool named = false;  // some schema names members
  for (const void* const node : nodes_) {
    described = place.add_member_of(node, name) || described;
    named = named || object_at(node).contains("properties");
  }
  place.secret_ = place.secret_ || (named && !described);
  return place;
}

SchemaPlace SchemaPlace::element() const {
  SchemaPlace place(*schema_);
  place.secret_ = secret_;
  for (const void* const at : nodes_) {
    const json::object& node = object_at(at);
    for (const char* key : {"items", "prefixItems", "additionalItems", "unevaluatedItems", "contains"}) {
      const json::value* const items = node.if_contains(key);
      if (items == nullptr) continue;
      if (items->is_object()) place.add(&items->get_object(), 0);
      if (!items->is_array()) continue;
      for (const json::value& item : items->get_array()) {
        if (item.is_object()) place.add(&item.get_object(), 0);
      }
    }
  }
  return place;
}

}  // namespace messenger::loader
