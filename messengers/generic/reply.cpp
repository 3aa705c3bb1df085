// SPDX-License-Identifier: Apache-2.0
#include "generic/reply.hpp"

#include "common/retry_after.hpp"

namespace messenger::generic {
namespace {

Result by_status(const Response& response, std::chrono::sys_seconds now) noexcept {
  switch (const std::uint32_t status = response.status()) {
    case 401:
    case 403:
      return {.outcome = Outcome::config, .detail = "The receiver refused the credentials."};
    case 404:
    case 410:
      return {.outcome = Outcome::config, .detail = "The receiver has nothing at this URL."};
    case 405:
      return {.outcome = Outcome::config, .detail = "The receiver takes no POST at this URL."};
    case 429:
      return {.outcome = Outcome::retry,
              .retry_after_ms = common::retry_after_ms(response.header("Retry-After"), now),
              .detail = "The receiver is busy and did not take the message."};
    default:
      if (status < 300) {
        return {.outcome = Outcome::ok};
      }
      if (status < 400) {
        return {.outcome = Outcome::config, .detail = "The receiver redirects; the URL is out of date."};
      }
      if (status < 500) {
        return {.outcome = Outcome::rejected, .detail = "The receiver refused the message."};
      }
      return {.outcome = Outcome::unknown, .detail = "The receiver failed; it may have taken the message."};
  }
}

// A 2xx whose body is merely too long was taken: nothing in the body matters here.
bool accepted_at_length(const Response& response) noexcept {
  return response.failure() == HttpFailure::too_large && response.status() >= 200 && response.status() < 300;
}

}  // namespace

Result classify(const Response& response, bool repeatable, std::chrono::sys_seconds now) noexcept {
  const auto decided = accepted_at_length(response) ? std::nullopt : transport_result(response);
  Result result = decided ? *decided : by_status(response, now);
  result.http_status = response.status();
  // The receiver deduplicates; but what the caller gave up is not to be sent again.
  if (result.outcome == Outcome::unknown && repeatable && response.failure() != HttpFailure::cancelled) {
    result.outcome = Outcome::retry;
  }
  return result;
}

}  // namespace messenger::generic
