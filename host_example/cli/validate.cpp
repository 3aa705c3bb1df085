// SPDX-License-Identifier: Apache-2.0
#include <messenger/operations.h>

#include <boost/json/object.hpp>
#include <iostream>

#include "cli/attempt.hpp"
#include "runtime/operation_document.hpp"
#include "runtime/type_info.hpp"

namespace messenger::host::cli {

namespace {

int report_valid(const CommonOptions& options, const std::string& file, const MessengerDocument& document) {
  if (options.json) {
    print_json(boost::json::object{{"file", file}, {"valid", true}, {"type", document.type}, {"name", document.name}});
  } else {
    std::cout << file << ": a valid " << document.type << " messenger\n";
  }
  return success;
}

int ask_provider(const MessengerArguments& arguments) {
  return with_messenger(arguments, [&arguments](Runtime& runtime, const std::string& id) {
    const std::string type = runtime.registry().messengers().at(0).type;
    if (find_operation(*find_type(runtime.registry(), type)->operations, MSGR_OPERATION_CHECK) == nullptr) {
      return report_error(arguments, "The type " + type + " offers no check with its provider.");
    }
    loader::SendOptions options;
    options.timeout = from_seconds(arguments.timeout);
    const auto start = std::chrono::steady_clock::now();
    const auto result = await_attempt(runtime.registry(), [&](loader::Completion done) {
      return runtime.registry().call(id, MSGR_OPERATION_CHECK, "{}", options, {}, std::move(done));
    });
    print_result(std::cout, arguments.json, result,
                 std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start));
    return exit_status(result);
  });
}

}  // namespace

int validate(const ValidateArguments& arguments) {
  if (arguments.online) {
    return ask_provider(arguments);
  }
  const MessengerDocument document = parse_messenger(read_file(arguments.file));
  Runtime runtime = make_runtime(arguments);
  if (!document.type.empty() && !knows_type(runtime.registry(), document.type)) {
    return report_no_such_type(arguments, document.type, runtime.registry());
  }
  auto issues = document.issues;
  if (!document.type.empty()) {
    for (auto& issue : within_messenger(runtime.registry().validate(document.type, document.config))) {
      issues.push_back(std::move(issue));
    }
  }
  return issues.empty() ? report_valid(arguments, arguments.file, document)
                        : report_issues(arguments, arguments.file, issues);
}

}  // namespace messenger::host::cli
