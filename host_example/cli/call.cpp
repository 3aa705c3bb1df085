// SPDX-License-Identifier: Apache-2.0
#include <cerrno>
#include <chrono>
#include <csignal>
#include <iostream>
#include <system_error>

#include "cli/attempt.hpp"
#include "cli/operation_input.hpp"
#include "runtime/duplicate_member.hpp"
#include "runtime/json_text.hpp"
#include "runtime/operation_document.hpp"
#include "runtime/type_info.hpp"

namespace messenger::host::cli {

namespace json = boost::json;
using Clock = std::chrono::steady_clock;

namespace {

int print_catalogue(const CommonOptions& options, const loader::Operations& operations) {
  for (const loader::Operation& operation : operations) {
    if (options.json) {
      print_json(describe(operation));
    } else {
      std::cout << operation.name << (operation.safe ? "" : "  (changes something)") << "\n    " << operation.summary
                << '\n';
    }
  }
  return success;
}

json::object read_input(const CallArguments& arguments, const loader::Operation& operation) {
  json::object input;
  if (!arguments.input_file.empty()) {
    const std::string text = arguments.input_file == "-" ? read_standard_input() : read_file(arguments.input_file);
    auto parsed = parse_json(text);
    const auto* const value = std::get_if<json::value>(&parsed);
    if (value == nullptr || !value->is_object()) {
      throw std::runtime_error(arguments.input_file + ": " +
                               (value == nullptr ? std::get<std::string>(parsed) : "expected a JSON object"));
    }
    if (const std::string twice = find_duplicate_member(text); !twice.empty()) {
      throw std::runtime_error(arguments.input_file + ": " + twice + " stands twice");
    }
    input = value->get_object();
  }
  const auto schema = parse_json(operation.input_schema);  // the loader has checked that it is an object
  add_assignments(input, arguments.assignments, std::get<json::value>(schema).as_object());
  return input;
}

// Standard output, one line an output.
class Printer {
 public:
  explicit Printer(std::uint64_t limit) : left_(limit) {}
  /// At once, so that a pipe sees a list grow; false when nobody reads any more.
  bool print(std::string_view output) {
    errno = 0;
    std::cout << output << '\n' << std::flush;
    if (!std::cout.good() && errno != EPIPE) {  // a reader that has seen enough is no error
      problem_ = "standard output: " + std::system_category().message(errno);
    }
    return std::cout.good() && --left_ != 0;
  }
  const std::string& problem() const { return problem_; }

 private:
  std::uint64_t left_;  // 0 = no limit
  std::string problem_;
};

int run(const CallArguments& arguments, Runtime& runtime, const std::string& id, const loader::Operation& operation) {
  const std::string input = to_sorted_text(read_input(arguments, operation));
  loader::SendOptions options;
  options.timeout = from_seconds(arguments.timeout);
  const auto start = Clock::now();
  Printer printer(arguments.limit);
  const auto result = await_attempt(runtime.registry(), [&](loader::Completion done) {
    return runtime.registry().call(
        id, operation.name, input, options, [&printer](std::string_view output) { return printer.print(output); },
        std::move(done));
  });
  print_result(std::cerr, arguments.json, result,
               std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start));
  if (!printer.problem().empty()) {
    std::cerr << "messenger-host: " << printer.problem() << '\n';
    return failed;
  }
  return exit_status(result);
}

}  // namespace

int call(const CallArguments& arguments) {
  static_cast<void>(std::signal(SIGPIPE, SIG_IGN));  // a reader that goes ends the list, in good order
  return with_messenger(arguments, [&arguments](Runtime& runtime, const std::string& id) {
    const std::string type = runtime.registry().messengers().at(0).type;  // the file's is the only one
    const auto operations = find_type(runtime.registry(), type)->operations;
    if (arguments.operation.empty()) {
      return print_catalogue(arguments, *operations);
    }
    const auto* const operation = find_operation(*operations, arguments.operation);
    if (operation == nullptr) {
      return report_error(arguments, "The type " + type + " has no operation " + arguments.operation +
                                         "; `messenger-host call` without one lists them.");
    }
    return run(arguments, runtime, id, *operation);
  });
}

}  // namespace messenger::host::cli
