// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cerrno>
#include <chrono>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <system_error>

#include "cli/command.hpp"
#include "conformance/assignment.hpp"
#include "conformance/finding_line.hpp"
#include "conformance/suite.hpp"

namespace messenger::host::cli {

namespace json = boost::json;
namespace suite = messenger::host::conformance;
using suite::Verdict;

namespace {

std::string_view shown(Verdict verdict) {
  return suite::to_string(verdict == Verdict::inapplicable ? Verdict::skipped : verdict);
}

json::object describe(const suite::RuleResult& result) {
  json::object entry{{"id", result.rule->id},
                     {"result", shown(result.finding.verdict)},
                     {"says", result.rule->says},
                     {"place", place_of(*result.rule)}};
  if (!result.type.empty()) {
    entry["type"] = result.type;
  }
  if (!result.finding.text.empty()) {
    entry["text"] = result.finding.text;
  }
  if (result.finding.verdict == Verdict::inapplicable) {
    entry["applicable"] = false;
  }
  return entry;
}

std::size_t all_skipped(const suite::Report& report) {
  return report.count(Verdict::skipped) + report.count(Verdict::inapplicable);
}

void print_as_json(const CheckArguments& arguments, const suite::Report& report) {
  json::array types;
  for (const std::string& type : report.types) {
    types.emplace_back(type);
  }
  json::array rules;
  for (const suite::RuleResult& result : report.results) {
    rules.push_back(describe(result));
  }
  print_json(json::object{{"plugin", arguments.plugin},
                          {"types", std::move(types)},
                          {"passed", report.count(Verdict::passed)},
                          {"failed", report.count(Verdict::failed)},
                          {"skipped", all_skipped(report)},
                          {"complete", report.count(Verdict::skipped) == 0},
                          {"rules", std::move(rules)}});
}

void print_line(std::string_view word, const suite::RuleResult& result) {
  std::cout << word << result.rule->id << (result.type.empty() ? "" : "  ") << result.type;
  if (!result.finding.text.empty()) {
    std::cout << ": " << result.finding.text;
  }
  std::cout << '\n';
}

void print_all(std::string_view word, const suite::Report& report, Verdict verdict) {
  for (const suite::RuleResult& result : report.results) {
    if (result.finding.verdict != verdict) {
      continue;
    }
    print_line(word, result);
    if (verdict == Verdict::failed) {
      std::cout << "         The rule (" << place_of(*result.rule) << "): " << result.rule->says << '\n';
    }
  }
}

void print_as_text(const CheckArguments& arguments, const suite::Report& report) {
  print_all("FAILED   ", report, Verdict::failed);
  print_all("skipped  ", report, Verdict::skipped);
  if (arguments.verbose) {
    print_all("skipped  ", report, Verdict::inapplicable);
    print_all("passed   ", report, Verdict::passed);
  }
  std::cout << report.count(Verdict::passed) << " passed, " << report.count(Verdict::failed) << " failed, "
            << all_skipped(report) << " skipped: " << arguments.plugin << '\n';
}

int status_of(const suite::Report& report) {
  if (report.count(Verdict::failed) != 0) {
    return failed;
  }
  return report.count(Verdict::skipped) == 0 ? success : incomplete;
}

// The plugin's part of the messenger given. Throws std::runtime_error when it is not one.
std::optional<suite::GivenConfiguration> read_given(const std::string& file) {
  if (file.empty()) {
    return std::nullopt;
  }
  MessengerDocument document = parse_messenger(read_file(file));
  if (!document.issues.empty()) {
    throw std::runtime_error(file + ": " + document.issues.front().text);
  }
  return suite::GivenConfiguration{document.type, document.config};
}

// How this program is told to be the child that tries one rule.
std::vector<std::string> child_arguments(const CheckArguments& arguments, const suite::Rule& rule, std::size_t index) {
  std::vector<std::string> list{"messenger-host",     "check",        arguments.plugin,     "--try-rule",
                                std::string(rule.id), "--type-index", std::to_string(index)};
  if (!arguments.file.empty()) {
    list.insert(list.end(), {"--messenger", arguments.file});
  }
  return list;
}

}  // namespace

int check(const CheckArguments& arguments) {
  if (!arguments.rule.empty()) {
    suite::carry_out({std::filesystem::absolute(arguments.plugin), arguments.rule, arguments.type_index,
                      read_given(arguments.file)});
  }
  if (::access(arguments.plugin.c_str(), F_OK) != 0) {
    return report_error(arguments, arguments.plugin + ": " + std::system_category().message(errno));
  }
  const auto given = read_given(arguments.file);
  const auto report = suite::run_suite(
      {[&](const suite::Rule& rule, std::size_t index) { return child_arguments(arguments, rule, index); },
       std::chrono::milliseconds(static_cast<std::int64_t>(arguments.timeout * 1'000)), arguments.verbose});
  if (given && !report.types.empty() &&
      std::find(report.types.begin(), report.types.end(), given->type) == report.types.end()) {
    return report_error(arguments, arguments.file + ": the plugin offers no type " + given->type);
  }
  arguments.json ? print_as_json(arguments, report) : print_as_text(arguments, report);
  return status_of(report);
}

}  // namespace messenger::host::cli
