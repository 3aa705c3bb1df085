// SPDX-License-Identifier: Apache-2.0
// A provider's answer made of a fuzzer's bytes, and what must hold for every outcome of one.
#pragma once

#include <fuzzer/FuzzedDataProvider.h>
#include <messenger/http.h>

#include <messenger/host.hpp>

#include "require.hpp"
#include "support/fake_host.hpp"

namespace messenger::fuzz {

inline test::Answer take_answer(FuzzedDataProvider& data) {
  test::Answer answer;
  answer.failure = data.ConsumeBool() ? 0 : data.ConsumeIntegralInRange<std::uint32_t>(0, MSGR_HTTP_FAILED + 3);
  answer.request_sent = answer.failure == 0 ? 1 : data.ConsumeIntegralInRange<std::uint32_t>(0, 1);
  if (answer.request_sent != 0) {
    answer.status = data.ConsumeBool() ? data.PickValueInArray<std::uint32_t>({200, 201, 400, 401, 404, 429, 500, 503})
                                       : data.ConsumeIntegral<std::uint32_t>();
  }
  if (data.ConsumeBool()) {
    answer.headers.emplace_back("Retry-After", data.ConsumeRandomLengthString(64));
  }
  answer.body = data.ConsumeRemainingBytesAsString();
  return answer;
}

/// The outcome alone says whether a retry is safe, so it may never say more than the transport knows.
inline void check(const test::Answer& answer, const Result& result, bool repeatable) {
  const bool sent = answer.request_sent != 0;
  const bool is_class = answer.failure != 0;
  require(static_cast<int>(result.outcome) >= MSGR_OK && static_cast<int>(result.outcome) <= MSGR_DEADLINE,
          "the outcome exists");
  if (!sent && is_class) {
    require(result.outcome != Outcome::ok && result.outcome != Outcome::unknown, "nothing sent: known, and not OK");
  }
  if (sent && (answer.status < 200 || answer.status >= 500)) {
    require(result.outcome == Outcome::unknown || (repeatable && result.outcome == Outcome::retry),
            "sent, and no refusal came back: in doubt");
  }
  if (result.outcome == Outcome::ok) {
    require(answer.status >= 200 && answer.status < 300, "only a 2xx is OK");
  }
  require((result.outcome == Outcome::ok) == result.detail.empty(), "all but OK say why");
}

}  // namespace messenger::fuzz
