// SPDX-License-Identifier: Apache-2.0
#include "conformance/suite.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "conformance/child.hpp"

namespace messenger::host::conformance {

namespace {

/// Tries rules one after another and remembers how each ended.
class Run {
 public:
  explicit Run(const SuiteOptions& options) : options_(options) {}

  void try_rules(Rule::Scope scope, std::size_t index, const std::string& type) {
    for (const Rule& rule : all_rules()) {
      if (rule.scope == scope) {
        add(rule, index, type);
      }
    }
  }

  Report report;

 private:
  using Key = std::pair<std::string_view, std::size_t>;

  void add(const Rule& rule, std::size_t index, const std::string& type) {
    auto finding = blocked(rule, index);
    if (!finding) {
      finding = run_child({options_.arguments(rule, index), options_.limit, options_.show_errors});
    }
    if (rule.id == offers_a_type) {
      report.types = finding->types;
    }
    findings_[{rule.id, index}] = *finding;
    report.results.push_back({&rule, type, std::move(*finding)});
  }

  // Why the rule is not tried, if it is not.
  std::optional<Finding> blocked(const Rule& rule, std::size_t index) const {
    for (const std::string_view need : rule.needs) {
      if (need.empty()) {
        continue;
      }
      const auto own = findings_.find({need, index});
      const Finding& before = own == findings_.end() ? findings_.at({need, 0}) : own->second;
      if (before.verdict == Verdict::failed) {
        return skipped(std::string(need) + " failed");
      }
      if (before.verdict == Verdict::skipped) {
        return before;
      }
    }
    return std::nullopt;
  }

  const SuiteOptions& options_;
  std::map<Key, Finding> findings_;
};

}  // namespace

std::size_t Report::count(Verdict verdict) const {
  return static_cast<std::size_t>(std::count_if(results.begin(), results.end(), [verdict](const RuleResult& result) {
    return result.finding.verdict == verdict;
  }));
}

Report run_suite(const SuiteOptions& options) {
  Run run(options);
  run.try_rules(Rule::Scope::file, 0, "");
  auto types = run.report.types;
  if (types.empty()) {
    types.emplace_back();  // so that the rules of a type are there, skipped with the reason
  }
  for (std::size_t index = 0; index != types.size(); ++index) {
    run.try_rules(Rule::Scope::type, index, types[index]);
  }
  return std::move(run.report);
}

}  // namespace messenger::host::conformance
