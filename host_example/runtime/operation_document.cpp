// SPDX-License-Identifier: Apache-2.0
#include "runtime/operation_document.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>

namespace messenger::host {

namespace json = boost::json;

json::object describe(const loader::Operation& operation) {
  json::object entry{{"name", operation.name},
                     {"summary", operation.summary},
                     {"safe", operation.safe},
                     {"list", operation.list},
                     {"inputSchema", json::parse(operation.input_schema)}};
  if (!operation.output_schema.empty()) {
    entry["outputSchema"] = json::parse(operation.output_schema);
  }
  return entry;
}

const loader::Operation* find_operation(const loader::Operations& operations, std::string_view name) {
  const auto found = std::find_if(operations.begin(), operations.end(),
                                  [name](const loader::Operation& operation) { return operation.name == name; });
  return found == operations.end() ? nullptr : &*found;
}

}  // namespace messenger::host
