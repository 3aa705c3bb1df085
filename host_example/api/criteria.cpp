// SPDX-License-Identifier: Apache-2.0
#include "api/criteria.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <charconv>

#include "api/unwrap.hpp"
#include "runtime/field_check.hpp"

namespace messenger::host {

namespace json = boost::json;

Criteria::Criteria(const std::map<std::string, std::string>& query, std::span<const Criterion> known, Errors& errors)
    : errors_(errors) {
  for (const Criterion& criterion : known) {
    if (const auto given = query.find(std::string(criterion.name)); given != query.end()) {
      texts_.insert(*given);
    }
  }
}

Criteria::Criteria(const json::object& body, std::span<const Criterion> known, Errors& errors)
    : prefix_("search."), errors_(errors) {
  refuse_others(body, {"search"}, errors);
  const json::value* const criteria = find_member(body, "search");
  if (criteria == nullptr) {
    return;
  }
  if (!criteria->is_object()) {
    errors.add_field("search", "invalidJSON", "[search] must be an object.");
    return;
  }
  for (const auto& member : criteria->get_object()) {
    if (!member.value().is_null()) {
      take(member.key(), member.value(), known);
    }
  }
}

void Criteria::take(std::string_view name, const json::value& value, std::span<const Criterion> known) {
  const auto criterion =
      std::find_if(known.begin(), known.end(), [&](const Criterion& each) { return each.name == name; });
  if (criterion == known.end()) {
    refuse(name, "invalid", "There is no such member here.");
  } else if (criterion->is_number ? !value.is_number() : !value.is_string()) {
    refuse(name, "invalidJSON",
           "[" + std::string(name) + "] must be a " + (criterion->is_number ? "number." : "string."));
  } else {
    texts_[std::string(name)] = value.is_string() ? std::string(value.get_string()) : json::serialize(value);
  }
}

const std::string& Criteria::text(const std::string& name) const {
  static const std::string absent;
  const auto found = texts_.find(name);
  return found == texts_.end() ? absent : found->second;
}

std::optional<std::int64_t> Criteria::integer(const std::string& name, std::int64_t least, std::int64_t most) const {
  const std::string& given = text(name);
  if (given.empty()) {
    return std::nullopt;
  }
  std::int64_t number = 0;
  const char* const end = given.data() + given.size();
  const auto [stop, error] = std::from_chars(given.data(), end, number);
  if (error != std::errc() || stop != end || number < least || number > most) {
    refuse(name, "invalid",
           "[" + name + "] must be a whole number from " + std::to_string(least) + " to " + std::to_string(most) + ".");
    return std::nullopt;
  }
  return number;
}

void Criteria::refuse(std::string_view name, std::string_view kind, const std::string& message) const {
  errors_.add_field(prefix_ + std::string(name), kind, message);
}

}  // namespace messenger::host
