// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "conformance/rule.hpp"
#include "conformance/session.hpp"

namespace messenger::host::conformance {

/// Sends once for each answer, and looks at the completion, the answer, and whether the plugin asked for one. Gives the
/// first failure.
template <class Look>
Finding look_at_all(Session& session, const Draft& draft, Look look) {
  for (const Answer& answer : all_answers()) {
    const auto before = session.http().requests();
    session.http().answer(answer);
    const auto ticket = session.send(draft);
    session.wait(ticket);
    const OpRecord op = session.host().ops().at(ticket);
    const bool asked = session.http().requests() != before;
    if (auto finding = look(op.completions.at(0), answer, asked); finding.verdict == Verdict::failed) {
      return finding;
    }
  }
  return {};
}

}  // namespace messenger::host::conformance
