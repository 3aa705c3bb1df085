#include "simulator/object_reader.hpp"

#include <utility>

namespace messenger::simulator {

namespace json = boost::json;

json::value parse_json(std::string_view text) {
  json::error_code error;
  json::value value = json::parse(text, error);
  if (error) throw JsonError{"not JSON: " + error.message()};
  return value;
}

ObjectReader::ObjectReader(const json::value& value, std::string where)
    : object_{value.if_object()}, where_{std::move(where)} {
  if (object_ == nullptr) fail("must be an object");
}

const json::value* ObjectReader::member(std::string_view name) {
  known_.emplace(name);
  return object_->if_contains(name);
}

std::optional<std::int64_t> ObjectReader::integer(std::string_view name, std::int64_t smallest, std::int64_t largest) {
  const json::value* value = member(name);
  if (value == nullptr) return std::nullopt;
  const std::int64_t* number = value->if_int64();
  if (number == nullptr || *number < smallest || *number > largest) {
    fail(name, "must be an integer from " + std::to_string(smallest) + " to " + std::to_string(largest));
  }
  return *number;
}

std::optional<std::string> ObjectReader::text(std::string_view name) {
  const json::value* value = member(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_string()) fail(name, "must be a string");
  return std::string{value->get_string()};
}

bool ObjectReader::flag(std::string_view name) {
  const json::value* value = member(name);
  if (value == nullptr) return false;
  if (!value->is_bool() || !value->get_bool()) fail(name, "must be true");
  return true;
}

void ObjectReader::finish() const {
  for (const auto& entry : *object_) {
    if (!known_.contains(std::string_view{entry.key()})) fail(entry.key(), "is unknown");
  }
}

void ObjectReader::fail(std::string_view problem) const {
  throw JsonError{where_ + ": " + std::string{problem}};
}

void ObjectReader::fail(std::string_view name, std::string_view problem) const {
  throw JsonError{where_ + "." + std::string{name} + ": " + std::string{problem}};
}

}  // namespace messenger::simulator
