// SPDX-License-Identifier: Apache-2.0
#include "twilio/reply.hpp"

#include <messenger/detail/http_syntax.hpp>

#include <algorithm>
#include <array>
#include <charconv>

#include "common/json_reply.hpp"
#include "common/retry_after.hpp"
#include "twilio/address.hpp"
#include "twilio/codes.hpp"

namespace messenger::twilio {
namespace {

using common::ReplyMember;
using common::Verdict;

constexpr std::uint64_t full_queue_ms = 3'600'000;  // the queue of 21611 holds ten hours: an hour is a fair next try

/// The members of a reply that decide; "detail" stands in for "message" in problem JSON (RFC 9457).
struct Reply {
  explicit Reply(std::string_view body) noexcept : whole(common::read_reply(body, members)) {}
  [[nodiscard]] std::string_view sid() const noexcept { return members[0].text.view(); }
  [[nodiscard]] std::string_view code() const noexcept { return members[1].text.view(); }
  [[nodiscard]] bool names(std::string_view path) const noexcept {
    return members[2].text.view().find(path) != std::string_view::npos ||
           members[3].text.view().find(path) != std::string_view::npos;
  }

  std::array<ReplyMember, 4> members{{{"sid"}, {"code"}, {"message"}, {"detail"}}};
  bool whole;
};

// A code is 5 digits; it arrives as a number or as a string of digits. 0 = none.
std::uint32_t code_of(const Reply& reply) noexcept {
  const std::string_view text = reply.code();
  std::uint32_t code = 0;
  if (text.empty() || text.size() > 9 || !std::all_of(text.begin(), text.end(), detail::is_digit)) {
    return 0;
  }
  std::from_chars(text.data(), text.data() + text.size(), code);
  return code;
}

void set(Verdict& verdict, Outcome outcome, std::string_view detail) noexcept {
  verdict.outcome = outcome;
  verdict.detail = detail;
}

void accept(Verdict& verdict, const Reply& reply) noexcept {
  if (!reply.whole || !is_message_sid(reply.sid())) {
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

// Longer than what a message may quote of it is no account path.
bool names_account(const Reply& reply, std::string_view account_sid) noexcept {
  std::array<char, 64> path{};
  constexpr std::string_view prefix = "/Accounts/";
  if (account_sid.empty() || account_sid.size() > path.size() - prefix.size()) {
    return false;
  }
  const std::size_t size = prefix.copy(path.data(), prefix.size());
  const std::size_t total = size + account_sid.copy(path.data() + size, account_sid.size());
  return reply.names({path.data(), total});
}

void judge_status(Verdict& verdict, const Reply& reply, std::string_view account_sid) noexcept {
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
  if (names_account(reply, account_sid)) {
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
  const Reply reply(response.body());
  if (verdict.http_status < 300) {
    accept(verdict, reply);
    return verdict;
  }
  const std::uint32_t code = code_of(reply);
  if (code != 0) {
    verdict.provider_code.append(reply.code());
  }
  if (verdict.http_status >= 500) {
    set(verdict, Outcome::unknown, "Twilio failed; it may have taken the message.");
    return verdict;
  }
  const CodeMeaning* const known = meaning_of(code);
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
