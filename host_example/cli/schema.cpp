// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <iostream>

#include "cli/command.hpp"
#include "cli/pretty.hpp"
#include "runtime/envelope.hpp"

namespace messenger::host::cli {

namespace json = boost::json;

int print_schema(const CommonOptions& options, const std::string& type) {
  Runtime runtime = make_runtime(options);
  const auto types = runtime.registry().types();
  const auto found = std::find_if(types.begin(), types.end(), [&](const auto& info) { return info.type == type; });
  if (found == types.end()) {
    return report_no_such_type(options, type, runtime.registry());
  }
  const json::value schema = with_envelope(json::parse(found->schema).as_object(), type);
  if (options.json) {
    print_json(schema);
  } else {
    print_pretty(std::cout, schema);
  }
  return success;
}

}  // namespace messenger::host::cli
