// SPDX-License-Identifier: Apache-2.0
#include "twilio/operations/outcome.hpp"

#include <messenger/detail/http_syntax.hpp>

#include <algorithm>
#include <string>

#include "common/json_slice.hpp"
#include "common/retry_after.hpp"
#include "twilio/answer_body.hpp"
#include "twilio/codes.hpp"

namespace messenger::twilio {
namespace {

using common::Verdict;

constexpr std::string_view foreign = "The answer is none of Twilio's: it may come from somebody else.";

void set(Verdict& verdict, Outcome outcome, std::string_view detail) noexcept {
  verdict.outcome = outcome;
  verdict.detail = detail;
}

// Where it is not known what became of the call.
void doubt(Verdict& verdict, const Entry& entry, std::string_view detail) noexcept {
  set(verdict, entry.safe() ? Outcome::retry : Outcome::unknown, detail);
}

Verdict judge_transport(const Entry& entry, const Result& result, HttpFailure failure) noexcept {
  Verdict verdict = common::verdict_of(result);
  if (verdict.outcome != Outcome::unknown || !entry.safe()) {
    return verdict;
  }
  switch (failure) {
    case HttpFailure::cancelled:
      set(verdict, Outcome::cancelled, "Cancelled before the answer came.");
      break;
    case HttpFailure::deadline:
      set(verdict, Outcome::deadline, "The deadline passed before the answer came.");
      break;
    case HttpFailure::too_large:
      set(verdict, Outcome::rejected, "The answer is larger than what is accepted; a smaller PageSize may help.");
      break;
    default:
      verdict.outcome = Outcome::retry;
  }
  return verdict;
}

void judge_account(Verdict& verdict, std::string_view text, std::string_view account_sid) {
  const AnswerBody body(text);
  if (!body.whole() || !detail::equal_nocase(body.sid(), account_sid)) {
    return set(verdict, Outcome::config, "The answer does not name the account: the URL may not be Twilio's.");
  }
  const std::string status = common::json_text(common::json_member(text, "status"));
  if (status == "suspended") {
    return set(verdict, Outcome::config, "The Twilio account is suspended.");
  }
  if (status == "closed") {
    return set(verdict, Outcome::config, "The Twilio account is closed.");
  }
  set(verdict, Outcome::ok, {});
}

void judge_success(Verdict& verdict, const Entry& entry, std::string_view text, std::string_view account_sid) {
  if (entry.answer == Answer::account) {
    return judge_account(verdict, text, account_sid);
  }
  const AnswerBody body(text);
  const bool empty = verdict.http_status == 204 && !entry.safe();
  const bool named = entry.resource->sid.empty() || entry.answer != Answer::object || body.names_something();
  if (!empty && !(body.whole() && named)) {
    return doubt(verdict, entry, foreign);
  }
  if (body.names_something()) {
    verdict.provider_id.append(body.sid());
  }
  set(verdict, Outcome::ok, {});
}

void judge_code(Verdict& verdict, const Entry& entry, const CodeMeaning& known, SenderOrigin origin) noexcept {
  switch (known.meaning) {
    case Meaning::retry:
      return set(verdict, Outcome::retry, "Twilio is limiting requests and did nothing.");
    case Meaning::retry_later:
      verdict.retry_after_ms = full_queue_ms;
      return set(verdict, Outcome::retry, known.detail);
    case Meaning::rejected:
      return set(verdict, Outcome::rejected, known.detail);
    case Meaning::sender:
      return set(verdict, origin == SenderOrigin::message ? Outcome::rejected : Outcome::config, known.detail);
    case Meaning::config:
      return set(verdict, Outcome::config, known.detail);
    case Meaning::unknown:
      return doubt(verdict, entry, "Twilio failed.");
  }
}

// Whether the call names nothing but the account.
bool is_of_account(const Entry& entry) noexcept {
  return entry.in_path("AccountSid") && std::none_of(entry.parameters.begin(), entry.parameters.end(),
                                                     [&](const Parameter& one) { return entry.in_path(one.name); });
}

void judge_status(Verdict& verdict, const Entry& entry, const AnswerBody& body, std::string_view account_sid) noexcept {
  const std::uint32_t status = verdict.http_status;
  if (status == 429) {
    return set(verdict, Outcome::retry, "Twilio is limiting requests and did nothing.");
  }
  if (status < 400) {
    return set(verdict, Outcome::config, "The URL redirects; it is not Twilio's API.");
  }
  if (status == 401 || status == 403) {
    return set(verdict, Outcome::config, "Twilio refused the credentials.");
  }
  if (status == 404 && is_of_account(entry) && body.names_account(account_sid)) {
    return set(verdict, Outcome::config, "Twilio does not know the account.");
  }
  if (entry.answer == Answer::account) {
    return set(verdict, Outcome::config, "Twilio refused to show the account.");
  }
  if (status == 404) {
    return set(verdict, Outcome::rejected, "Twilio does not know what the call names.");
  }
  set(verdict, Outcome::rejected, status == 405 ? "Twilio does not do this." : "Twilio refused the call.");
}

void judge_refusal(Verdict& verdict, const Entry& entry, std::string_view text, std::string_view account_sid,
                   SenderOrigin origin) noexcept {
  const AnswerBody body(text);
  verdict.provider_code.append(body.code_text());
  if (verdict.http_status >= 500) {
    return doubt(verdict, entry, entry.safe() ? "Twilio failed." : "Twilio failed; it may have done it.");
  }
  const CodeMeaning* const known = meaning_of(body.code());
  if (known != nullptr && (verdict.http_status != 429 || known->meaning == Meaning::retry_later)) {
    return judge_code(verdict, entry, *known, origin);
  }
  judge_status(verdict, entry, body, account_sid);
}

bool is_success(const Entry& entry, std::uint32_t status) noexcept {
  return status < 300 || (entry.answer == Answer::redirect && status == 307);
}

}  // namespace

Verdict judge(const Entry& entry, const Response& response, std::string_view account_sid, SenderOrigin origin,
              std::chrono::sys_seconds now) {
  if (const auto decided = transport_result(response)) {
    return judge_transport(entry, *decided, response.failure());
  }
  Verdict verdict;
  verdict.http_status = response.status();
  if (is_success(entry, verdict.http_status)) {
    judge_success(verdict, entry, response.body(), account_sid);  // a 307 that was cut off is no whole JSON
    return verdict;
  }
  judge_refusal(verdict, entry, response.body(), account_sid, origin);
  if (verdict.outcome == Outcome::retry) {
    verdict.retry_after_ms =
        std::max(verdict.retry_after_ms, common::retry_after_ms(response.header("Retry-After"), now));
  }
  return verdict;
}

}  // namespace messenger::twilio
