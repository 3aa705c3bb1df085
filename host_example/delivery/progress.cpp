// SPDX-License-Identifier: Apache-2.0
#include "delivery/progress.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <variant>

#include "runtime/field_check.hpp"
#include "runtime/json_text.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

std::vector<std::string> texts(const json::object& object, std::string_view name) {
  std::vector<std::string> found;
  const json::value* const list = find_member(object, name);
  if (list == nullptr || !list->is_array()) {
    return found;
  }
  for (const json::value& text : list->get_array()) {
    if (text.is_string()) {
      found.emplace_back(text.get_string());
    }
  }
  return found;
}

std::int64_t number(const json::object& object, std::string_view name) {
  const json::value* const value = find_member(object, name);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

std::map<std::string, std::int64_t> numbers(const json::object& object, std::string_view name) {
  std::map<std::string, std::int64_t> found;
  const json::value* const members = find_member(object, name);
  if (members == nullptr || !members->is_object()) {
    return found;
  }
  for (const auto& member : members->get_object()) {
    if (member.value().is_int64()) {
      found.emplace(member.key(), member.value().get_int64());
    }
  }
  return found;
}

json::object to_object(const std::map<std::string, std::int64_t>& numbers) {
  json::object object;
  for (const auto& [name, number] : numbers) {
    object[name] = number;
  }
  return object;
}

}  // namespace

std::string to_text(const Progress& progress) {
  return json::serialize(json::object{{"tried", json::array(progress.tried.begin(), progress.tried.end())},
                                      {"rejected", json::array(progress.rejected.begin(), progress.rejected.end())},
                                      {"notBefore", to_object(progress.not_before)},
                                      {"rounds", progress.rounds},
                                      {"attempt", progress.attempt},
                                      {"began", progress.began},
                                      {"ended", progress.ended},
                                      {"looked", progress.looked}});
}

Progress progress_of(const std::string& text) {
  Progress progress;
  const auto parsed = parse_json(text);
  const auto* const value = std::get_if<json::value>(&parsed);
  if (value == nullptr || !value->is_object()) {
    return progress;
  }
  const json::object& object = value->get_object();
  progress.tried = texts(object, "tried");
  progress.rejected = texts(object, "rejected");
  progress.not_before = numbers(object, "notBefore");
  progress.rounds = number(object, "rounds");
  progress.attempt = number(object, "attempt");
  progress.began = number(object, "began");
  progress.ended = number(object, "ended");
  const json::value* const looked = find_member(object, "looked");
  progress.looked = looked != nullptr && looked->is_bool() && looked->get_bool();
  return progress;
}

bool contains(const std::vector<std::string>& ids, const std::string& id) noexcept {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace messenger::host
