// SPDX-License-Identifier: Apache-2.0
#include <boost/json/object.hpp>
#include <iostream>

#include "cli/command.hpp"

namespace messenger::host::cli {

int validate(const CommonOptions& options, const std::string& file) {
  MessengerDocument document = parse_messenger(read_file(file));
  Runtime runtime = make_runtime(options);
  if (!document.type.empty() && !knows_type(runtime.registry(), document.type)) {
    return report_no_such_type(options, document.type, runtime.registry());
  }
  auto issues = std::move(document.issues);
  if (!document.type.empty()) {
    for (auto& issue : within_messenger(runtime.registry().validate(document.type, document.config))) {
      issues.push_back(std::move(issue));
    }
  }
  if (!issues.empty()) {
    return report_issues(options, file, issues);
  }
  if (options.json) {
    print_json(boost::json::object{{"file", file}, {"valid", true}, {"type", document.type}, {"name", document.name}});
  } else {
    std::cout << file << ": a valid " << document.type << " messenger\n";
  }
  return success;
}

}  // namespace messenger::host::cli
