// SPDX-License-Identifier: Apache-2.0
#include "result_copy.hpp"

#include <algorithm>

#include "utf8.hpp"

namespace messenger::loader {
namespace {

constexpr std::size_t id_limit = 256;
constexpr std::size_t code_limit = 64;
constexpr std::size_t detail_limit = 1024;
// A pause that a host can add to any time point it has.
constexpr std::uint64_t longest_pause_ms = std::uint64_t{365} * 24 * 60 * 60 * 1000;

}  // namespace

void set_result(Result& out, Outcome outcome, std::string_view detail) {
  out.outcome = outcome;
  out.http_status = 0;
  out.retry_after = {};
  out.provider_id.clear();
  out.provider_code.clear();
  out.detail.assign(detail);
}

bool copy_result(Result& out, std::int32_t outcome, const msgr_result* result) {
  set_result(out, outcome_from(outcome), {});
  const bool known = static_cast<std::int32_t>(out.outcome) == outcome;
  if (result == nullptr) return known;
  if (MSGR_HAS(result, msgr_result, http_status)) out.http_status = result->http_status;
  if (MSGR_HAS(result, msgr_result, retry_after_ms)) {
    out.retry_after = std::chrono::milliseconds(std::min(result->retry_after_ms, longest_pause_ms));
  }
  if (MSGR_HAS(result, msgr_result, provider_id)) repair_utf8(out.provider_id, view(result->provider_id), id_limit);
  if (MSGR_HAS(result, msgr_result, provider_code)) {
    repair_utf8(out.provider_code, view(result->provider_code), code_limit);
  }
  if (MSGR_HAS(result, msgr_result, detail)) repair_utf8(out.detail, view(result->detail), detail_limit);
  return known;
}

}  // namespace messenger::loader
