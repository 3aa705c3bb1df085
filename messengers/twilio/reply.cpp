// SPDX-License-Identifier: Apache-2.0
#include "twilio/reply.hpp"

#include <algorithm>

#include "common/retry_after.hpp"
#include "twilio/address.hpp"
#include "twilio/answer_body.hpp"
#include "twilio/codes.hpp"

namespace messenger::twilio {
namespace {

using common::Verdict;

void set(Verdict& verdict, Outcome outcome, std::string_view detail) noexcept {
  verdict.outcome = outcome;
  verdict.detail = detail;
}

void accept(Verdict& verdict, const AnswerBody& reply) noexcept {
  if (!reply.whole() || !is_message_sid(reply.sid())) {
    return set(verdict, Outcome::unknown, "The answer names no message: it may not come from Twilio.");
  }
  verdict.provider_id.append(reply.sid());
  set(verdict, Outcome::ok, {});
}

void judge_code(Verdict& verdict, const CodeMeaning& known, SenderOrigin origin) noexcept {
  switch (known.meaning) {
    case Meaning::retry:
      return set(verdict, Outcome::retry, known.detail);
    case Meaning::retry_later:
      verdict.retry_after_ms = std::max(verdict.retry_after_ms, full_queue_ms);
      return set(verdict, Outcome::retry, known.detail);
    case Meaning::rejected:
      return set(verdict, Outcome::rejected, known.detail);
    case Meaning::config:
      return set(verdict, Outcome::config, known.detail);
    case Meaning::sender:
      return set(verdict, origin == SenderOrigin::message ? Outcome::rejected : Outcome::config, known.detail);
    case Meaning::unknown:
      return set(verdict, Outcome::unknown, known.detail);
  }
}

void judge_status(Verdict& verdict, const AnswerBody& reply, std::string_view account_sid) noexcept {
  const std::uint32_t status = verdict.http_status;
  if (status == 429) {
    return set(verdict, Outcome::retry, "Twilio is limiting requests and did not take the message.");
  }
  if (status < 400) {
    return set(verdict, Outcome::config, "The URL redirects; it is not Twilio's API.");
  }
  if (status == 401 || status == 403) {
    return set(verdict, Outcome::config, "Twilio refused the credentials.");
  }
  if (status == 405) {
    return set(verdict, Outcome::config, "The URL takes no messages; it is not Twilio's API.");
  }
  if (status != 404) {
    return set(verdict, Outcome::rejected, "Twilio refused the message.");
  }
  if (reply.names_account(account_sid)) {
    return set(verdict, Outcome::config, "Twilio does not know the account.");
  }
  set(verdict, Outcome::rejected, "Twilio does not know something that the message names.");
}

}  // namespace

Verdict classify(const Response& response, std::string_view account_sid, SenderOrigin origin,
                 std::chrono::sys_seconds now) noexcept {
  if (const auto decided = transport_result(response)) {
    return common::verdict_of(*decided);
  }
  Verdict verdict;
  verdict.http_status = response.status();
  const AnswerBody reply(response.body());
  if (verdict.http_status < 300) {
    accept(verdict, reply);
    return verdict;
  }
  verdict.provider_code.append(reply.code_text());
  if (verdict.http_status >= 500) {
    set(verdict, Outcome::unknown, "Twilio failed; it may have taken the message.");
    return verdict;
  }
  const CodeMeaning* const known = meaning_of(reply.code());
  // 429 is RETRY whatever the code; only how soon may depend on it.
  if (known != nullptr && (verdict.http_status != 429 || known->meaning == Meaning::retry_later)) {
    judge_code(verdict, *known, origin);
  } else {
    judge_status(verdict, reply, account_sid);
  }
  if (verdict.outcome == Outcome::retry) {
    verdict.retry_after_ms =
        std::max(verdict.retry_after_ms, common::retry_after_ms(response.header("Retry-After"), now));
  }
  return verdict;
}

}  // namespace messenger::twilio
