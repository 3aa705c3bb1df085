// SPDX-License-Identifier: Apache-2.0
// msgr_plugin.validate.
#include <algorithm>
#include <thread>

#include "conformance/rule.hpp"
#include "conformance/session.hpp"
#include "conformance/throws.hpp"

namespace messenger::host::conformance {

namespace {

std::vector<std::string> all_drafts(Subject& subject) {
  auto all = Subject::spoilt(subject.draft());
  all.insert(all.begin(), subject.draft());
  return all;
}

Finding returns(Subject& subject) {
  for (const std::string& json : all_drafts(subject)) {
    throws([&] { validate(subject, json); });  // the next rule's
  }
  return {};
}

Finding throws_nothing(Subject& subject) {
  for (const std::string& json : all_drafts(subject)) {
    if (throws([&] { validate(subject, json); })) {
      return failed("validate threw an exception");
    }
  }
  return {};
}

Finding reports_what_it_counts(Subject& subject) {
  for (const std::string& json : all_drafts(subject)) {
    const Said said = validate(subject, json);
    if (said.count != said.issues.size()) {
      return failed("validate reported " + std::to_string(said.issues.size()) + " problems and returned " +
                    std::to_string(said.count));
    }
  }
  return {};
}

Finding issues_are_whole(Subject& subject) {
  for (const std::string& json : all_drafts(subject)) {
    const Said said = validate(subject, json);
    if (!said.flaws.empty()) {
      return failed(said.flaws.front());
    }
  }
  return {};
}

bool same(const std::vector<loader::Issue>& a, const std::vector<loader::Issue>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const loader::Issue& x, const loader::Issue& y) {
    return x.pointer == y.pointer && x.code == y.code && x.text == y.text;
  });
}

Finding is_repeatable(Subject& subject) {
  const auto drafts = all_drafts(subject);
  const auto ask_all = [&] {
    std::vector<Said> all;
    all.reserve(drafts.size());
    for (const std::string& json : drafts) {
      all.push_back(validate(subject, json));
    }
    return all;
  };
  const auto first = ask_all();
  std::array<std::vector<Said>, 3> again;
  std::vector<std::thread> threads;
  threads.reserve(again.size());
  for (auto& one : again) {
    threads.emplace_back([&one, &ask_all] { one = ask_all(); });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  for (const auto& one : again) {
    const bool equal = std::equal(first.begin(), first.end(), one.begin(), one.end(),
                                  [](const Said& a, const Said& b) { return same(a.issues, b.issues); });
    if (!equal) {
      return failed("asked again, on several threads, validate found other problems");
    }
  }
  return {};
}

Finding is_pure(Subject& subject) {
  Lender lender;
  for (const std::string& json : all_drafts(subject)) {
    const loader::Config config = subject.read(json);
    const msgr_config raw = config.view();
    Said said;
    subject.table().validate(lender.host.raw(), &raw, &Said::take, &said);
  }
  if (lender.http.opened() != 0) {
    return failed("validate opened an HTTP endpoint");
  }
  return lender.host.foreign().empty() ? Finding{} : failed("validate completed an op");
}

constexpr auto each = Rule::Scope::type;
constexpr std::string_view no_throw = "validate.throws-nothing";
constexpr std::array rules{
    Rule{"validate.returns",
         each,
         "validate comes back: it neither crashes nor ends the process nor hangs.",
         {"table.needs"},
         returns},
    Rule{no_throw, each, "No exception comes out of validate.", {"validate.returns"}, throws_nothing},
    Rule{"validate.reports-what-it-counts",
         each,
         "validate reports every problem and returns how many.",
         {no_throw},
         reports_what_it_counts},
    Rule{"validate.issues-are-whole",
         each,
         "An issue has a JSON Pointer, a code and a sentence, all UTF-8.",
         {no_throw},
         issues_are_whole},
    Rule{"validate.is-repeatable",
         each,
         "validate gives the same for the same configuration, on any thread.",
         {no_throw},
         is_repeatable},
    Rule{"validate.is-pure", each, "validate opens no endpoint and completes nothing.", {no_throw}, is_pure},
};

}  // namespace

std::span<const Rule> validate_rules() {
  return rules;
}

}  // namespace messenger::host::conformance
