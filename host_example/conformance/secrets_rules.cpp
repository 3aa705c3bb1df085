// SPDX-License-Identifier: Apache-2.0
// What must not be said: secrets of the configuration and of messages.
#include <algorithm>

#include "conformance/look_at_all.hpp"
#include "conformance/rule.hpp"
#include "conformance/session.hpp"
#include "conformance/subject.hpp"
#include "loader/src/utf8.hpp"

namespace messenger::host::conformance {

namespace {

/// Everything that must not be said, and where to look for it.
class Secrets {
 public:
  // Short values, as a port or a flag, would be found anywhere.
  static constexpr std::size_t shortest = 8;

  explicit Secrets(const loader::Config& config) {
    const msgr_config raw = config.view();
    for (std::size_t i = 0; i != raw.field_count; ++i) {
      const auto text = loader::view(raw.fields[i].text);
      if ((raw.fields[i].flags & MSGR_FIELD_SECRET) != 0 && text.size() >= shortest) {
        all_.emplace_back(text);
      }
    }
  }
  void add(std::string secret) { all_.push_back(std::move(secret)); }

  [[nodiscard]] bool are_in(std::string_view text) const {
    return std::any_of(all_.begin(), all_.end(),
                       [text](const std::string& secret) { return text.find(secret) != std::string_view::npos; });
  }
  [[nodiscard]] bool are_in(const Said& said) const {
    return std::any_of(said.issues.begin(), said.issues.end(), [this](const loader::Issue& issue) {
      return are_in(issue.pointer) || are_in(issue.code) || are_in(issue.text);
    });
  }
  [[nodiscard]] bool are_in(const std::vector<std::string>& lines) const {
    return std::any_of(lines.begin(), lines.end(), [this](const std::string& line) { return are_in(line); });
  }

 private:
  std::vector<std::string> all_;
};

Finding not_in_issues(Subject& subject) {
  auto drafts = Subject::spoilt(subject.configuration());
  drafts.push_back(subject.configuration());
  for (const std::string& json : drafts) {
    const Secrets secrets(subject.read(json));
    Session& session = *new Session(subject);
    session.configure(json);
    if (secrets.are_in(session.said()) || secrets.are_in(validate(subject, json))) {
      return failed("an issue holds the value of a secret");
    }
    if (secrets.are_in(session.host().log_lines())) {
      return failed("a line of its log holds a secret of the configuration");
    }
  }
  return {};
}

Finding not_told(Subject& subject) {
  Secrets secrets(subject.read(subject.configuration()));
  const Draft draft{
      .body = "Your code is CANARY-body-77ab41.", .attributes = {{"code", "CANARY-code-90c1d7"}}, .flags = MSGR_SECRET};
  secrets.add("CANARY-body-77ab41");
  secrets.add("CANARY-code-90c1d7");
  Session& session = open_session(subject);
  const auto finding = look_at_all(session, draft, [&](const Completed& completed, const Answer&, bool) {
    const bool told = secrets.are_in(completed.detail) || secrets.are_in(completed.provider_id) ||
                      secrets.are_in(completed.provider_code);
    return told ? failed("a result holds a secret of the configuration or of the message") : Finding{};
  });
  session.end();
  const bool logged = secrets.are_in(session.host().log_lines());
  return finding.verdict == Verdict::passed && logged
             ? failed("a line of its log holds a secret of the configuration or of the message")
             : finding;
}

constexpr auto each = Rule::Scope::type;
constexpr std::array rules{
    Rule{"secrets.not-in-issues",
         each,
         "No issue and no log line holds the value of a writeOnly field.",
         {"configure.throws-nothing"},
         not_in_issues},
    Rule{"secrets.not-told",
         each,
         "No result and no log line holds a writeOnly value, or the text or code of a MSGR_SECRET message.",
         {"destroy.throws-nothing", "send.completes-by-deadline"},
         not_told},
};

}  // namespace

std::span<const Rule> secrets_rules() {
  return rules;
}

}  // namespace messenger::host::conformance
