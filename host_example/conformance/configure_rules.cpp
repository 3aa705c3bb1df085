// SPDX-License-Identifier: Apache-2.0
// msgr_plugin.configure.
#include "conformance/rule.hpp"
#include "conformance/session.hpp"
#include "conformance/throws.hpp"

namespace messenger::host::conformance {

namespace {

std::vector<std::string> all_configurations(Subject& subject) {
  auto all = Subject::spoilt(subject.configuration());
  all.insert(all.begin(), subject.configuration());
  return all;
}

Finding returns(Subject& subject) {
  for (const std::string& json : all_configurations(subject)) {
    throws([&] { (new Session(subject))->configure(json); });  // the next rule's
  }
  return {};
}

Finding throws_nothing(Subject& subject) {
  for (const std::string& json : all_configurations(subject)) {
    if (throws([&] { (new Session(subject))->configure(json); })) {
      return failed("configure threw an exception");
    }
  }
  return {};
}

Finding instance_or_issue(Subject& subject) {
  for (const std::string& json : all_configurations(subject)) {
    Session& session = *new Session(subject);
    if (!session.configure(json) && session.said().issues.empty()) {
      return failed("configure gave neither an instance nor an issue");
    }
    if (!session.said().flaws.empty()) {
      return failed(session.said().flaws.front());
    }
  }
  return {};
}

Finding bears_refusal(Subject& subject) {
  Session& usual = open_session(subject);
  if (usual.http().opened() == 0) {
    return inapplicable("it opens no endpoint");
  }
  Session& session = *new Session(subject);
  session.http().refuse_endpoints();
  if (!session.configure(subject.configuration()) && session.said().issues.empty()) {
    return failed("configure gave neither an instance nor an issue when the HTTP service opened no endpoint");
  }
  return {};
}

Finding makes_instance(Subject& subject) {
  open_session(subject);
  return {};
}

constexpr auto each = Rule::Scope::type;
constexpr std::string_view no_throw = "configure.throws-nothing";
constexpr std::array rules{
    Rule{"configure.returns",
         each,
         "configure comes back: it neither crashes nor ends the process nor hangs.",
         {"validate.returns"},
         returns},
    Rule{no_throw, each, "No exception comes out of configure.", {"configure.returns"}, throws_nothing},
    Rule{"configure.instance-or-issue",
         each,
         "configure gives an instance, or NULL after at least one issue.",
         {no_throw},
         instance_or_issue},
    Rule{"configure.makes-instance",
         each,
         "A good configuration makes an instance.",
         {"configure.returns"},
         makes_instance},
    Rule{"configure.bears-refusal",
         each,
         "Where the HTTP service opens no endpoint, configure still gives one of the two.",
         {"configure.makes-instance"},
         bears_refusal},
};

}  // namespace

std::span<const Rule> configure_rules() {
  return rules;
}

}  // namespace messenger::host::conformance
