// SPDX-License-Identifier: Apache-2.0
// What a search asks for, by query and by body alike.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "api/errors.hpp"

namespace messenger::host {

struct Criterion {
  std::string_view name;
  bool is_number = false;  ///< in a body; in a query all are texts
};

/// Criteria as texts. One that is empty or null is as good as absent. `errors` outlives this.
class Criteria {
 public:
  /// Unknown parameters are ignored. Errors are under the parameters' names.
  Criteria(const std::map<std::string, std::string>& query, std::span<const Criterion> known, Errors& errors);
  /// {"search":{…}}; without it nothing is asked for. Errors are under "search.type" and so on.
  Criteria(const boost::json::object& body, std::span<const Criterion> known, Errors& errors);

  /// "" = absent.
  const std::string& text(const std::string& name) const;
  /// A whole number within these bounds; nothing when it is absent, or after an error.
  std::optional<std::int64_t> integer(const std::string& name, std::int64_t least, std::int64_t most) const;
  void refuse(std::string_view name, std::string_view kind, const std::string& message) const;

 private:
  void take(std::string_view name, const boost::json::value& value, std::span<const Criterion> known);

  std::string prefix_;
  std::map<std::string, std::string> texts_;
  Errors& errors_;
};

/// "start", "end", "startRow" and "numberOfResults", which every search has.
template <class Search>
void read_page(const Criteria& criteria, Search& search) {
  constexpr std::int64_t latest = std::numeric_limits<std::int64_t>::max();
  search.start = criteria.integer("start", 0, latest);
  search.end = criteria.integer("end", 0, latest);
  search.start_row = criteria.integer("startRow", 0, latest).value_or(search.start_row);
  search.number_of_results = criteria.integer("numberOfResults", 1, 500).value_or(search.number_of_results);
}

}  // namespace messenger::host
