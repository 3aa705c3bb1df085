// SPDX-License-Identifier: Apache-2.0
// What a plugin says of a send, and what it must not say.
#include <algorithm>

#include "conformance/look_at_all.hpp"
#include "conformance/rule.hpp"
#include "conformance/subject.hpp"
#include "loader/src/utf8.hpp"

namespace messenger::host::conformance {

namespace {

Finding outcome_known(Subject& subject) {
  return look_at_all(open_session(subject), {}, [](const Completed& completed, const Answer&, bool) {
    return completed.outcome >= MSGR_OK && completed.outcome <= MSGR_DEADLINE
               ? Finding{}
               : failed("gave the outcome " + std::to_string(completed.outcome));
  });
}

Finding text_is_utf8(Subject& subject) {
  Session& session = open_session(subject);
  const auto finding = look_at_all(session, {}, [](const Completed& completed, const Answer& answer, bool asked) {
    const bool good = loader::is_utf8(completed.provider_id) && loader::is_utf8(completed.provider_code) &&
                      loader::is_utf8(completed.detail);
    return good ? Finding{}
                : failed("a result's text is not UTF-8" + (asked ? ", after " + std::string(answer.name) : ""));
  });
  const auto lines = session.host().log_lines();
  const bool good = std::all_of(lines.begin(), lines.end(), [](const auto& line) { return loader::is_utf8(line); });
  return finding.verdict == Verdict::failed || good ? finding : failed("a line of its log is not UTF-8");
}

Finding own_words(Subject& subject) {
  return look_at_all(open_session(subject), {}, [](const Completed& completed, const Answer& answer, bool) {
    return completed.detail.find(provider_words) == std::string::npos
               ? Finding{}
               : failed("detail holds the provider's text, after " + std::string(answer.name));
  });
}

// Without a key there is nothing by which a receiver could know a second attempt.
Finding doubt_is_unknown(Subject& subject) {
  Session& session = open_session(subject);
  const auto finding = look_at_all(session, {}, [](const Completed& completed, const Answer& answer, bool asked) {
    const bool doubt = asked && answer.failure != MSGR_HTTP_RESPONSE && answer.request_sent == 1 && answer.status == 0;
    return !doubt || completed.outcome == MSGR_UNKNOWN
               ? Finding{}
               : failed("gave the outcome " + std::to_string(completed.outcome) + " after " + std::string(answer.name) +
                        ", not UNKNOWN (4)");
  });
  return session.http().requests() == 0 ? inapplicable("it makes no HTTP request") : finding;
}

Finding unsent_is_not_ok(Subject& subject) {
  Session& session = open_session(subject);
  const auto finding = look_at_all(session, {}, [](const Completed& completed, const Answer& answer, bool asked) {
    return asked && answer.request_sent == 0 && completed.outcome == MSGR_OK
               ? failed("gave OK after " + std::string(answer.name))
               : Finding{};
  });
  return session.http().requests() == 0 ? inapplicable("it makes no HTTP request") : finding;
}

constexpr auto each = Rule::Scope::type;
constexpr std::string_view completes = "send.completes-by-deadline";
constexpr std::array rules{
    Rule{"send.outcome-known", each, "An outcome is one of MSGR_OK to MSGR_DEADLINE.", {completes}, outcome_known},
    Rule{"send.text-is-utf8",
         each,
         "Texts of results and log lines are UTF-8, whatever the provider sent.",
         {completes},
         text_is_utf8},
    Rule{"send.detail-is-own-words",
         each,
         "detail is in the plugin's own words, never the provider's text.",
         {completes},
         own_words},
    Rule{"send.doubt-is-unknown",
         each,
         "Where a byte of the request may have left and no answer says more: UNKNOWN.",
         {completes},
         doubt_is_unknown},
    Rule{"send.unsent-is-not-ok",
         each,
         "OK is never given for what certainly was not sent.",
         {completes},
         unsent_is_not_ok},
};

}  // namespace

std::span<const Rule> result_rules() {
  return rules;
}

}  // namespace messenger::host::conformance
