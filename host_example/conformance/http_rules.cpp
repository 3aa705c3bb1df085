// SPDX-License-Identifier: Apache-2.0
// How a plugin uses msgr.http/1.
#include <messenger/http.h>

#include <array>

#include "conformance/rule.hpp"
#include "conformance/session.hpp"
#include "conformance/subject.hpp"

namespace messenger::host::conformance {

namespace {

Finding unused() {
  return inapplicable("it opens no HTTP endpoint");
}

Finding bears_refusal(Subject& subject) {
  Session& session = open_session(subject);
  if (session.http().opened() == 0) {
    return unused();
  }
  constexpr std::array<std::uint32_t, 3> answers{MSGR_HTTP_UNAVAILABLE, MSGR_HTTP_INVALID, 4'711};
  for (const std::uint32_t answer : answers) {
    session.http().refuse_requests(answer);
    const auto ticket = session.send();
    session.wait(ticket);
    if (session.host().ops().at(ticket).completions.size() != 1) {
      return failed("an op was not completed once after request() gave " + std::to_string(answer));
    }
  }
  return {};
}

Finding closes_endpoints(Subject& subject) {
  Session& session = open_session(subject);
  if (session.http().opened() == 0) {
    return unused();
  }
  session.exchange(accepted);
  session.end();
  const auto open = session.http().open_endpoints();
  return open == 0 ? Finding{} : failed("endpoints that were open after destroy: " + std::to_string(open));
}

Finding keeps_its_rules(Subject& subject) {
  Session& session = open_session(subject);
  if (session.http().opened() == 0) {
    return unused();
  }
  session.exchange_all();
  session.end();
  const auto misuse = session.http().misuse();
  return misuse.empty() ? Finding{} : failed(misuse.front());
}

constexpr auto each = Rule::Scope::type;
constexpr std::array rules{
    Rule{"http.bears-refusal",
         each,
         "An op whose request the service does not take is completed all the same.",
         {"send.completes-by-deadline"},
         bears_refusal},
    Rule{"http.closes-endpoints",
         each,
         "Every endpoint that an instance opened is closed when destroy returns.",
         {"destroy.throws-nothing", "send.completes-by-deadline"},
         closes_endpoints},
    Rule{"http.keeps-its-rules",
         each,
         "Endpoints are closed once, not in a callback, and not used after that.",
         {"destroy.throws-nothing", "send.completes-by-deadline"},
         keeps_its_rules},
};

}  // namespace

std::span<const Rule> http_rules() {
  return rules;
}

}  // namespace messenger::host::conformance
