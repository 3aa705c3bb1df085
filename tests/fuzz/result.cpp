// SPDX-License-Identifier: Apache-2.0
// The strings and numbers of a plugin's result.
#include <fuzzer/FuzzedDataProvider.h>

#include "require.hpp"
#include "result_copy.hpp"
#include "utf8.hpp"

using namespace messenger::loader;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using messenger::fuzz::require;
  FuzzedDataProvider data(bytes, size);
  static Result out;  // reused, as the loader does
  const auto outcome = data.ConsumeIntegral<std::int32_t>();
  const std::string id = data.ConsumeRandomLengthString(2'000), code = data.ConsumeRandomLengthString(2'000);
  const auto given_size = data.ConsumeIntegralInRange<std::uint32_t>(0, 2 * sizeof(msgr_result));
  const auto pause = data.ConsumeIntegral<std::uint64_t>();
  const std::string detail = data.ConsumeRemainingBytesAsString();
  const msgr_result result{given_size, 200, pause, abi(id), abi(code), abi(detail)};
  const bool known = copy_result(out, outcome, &result);
  require(known == (outcome >= MSGR_OK && outcome <= MSGR_DEADLINE), "known outcomes are known");
  require(known || out.outcome == Outcome::unknown, "an unknown outcome is UNKNOWN");
  require(is_utf8(out.provider_id) && is_utf8(out.provider_code) && is_utf8(out.detail), "all text is UTF-8");
  require(out.provider_id.size() <= 256 && out.provider_code.size() <= 64 && out.detail.size() <= 1024,
          "all text is bounded");
  require(out.retry_after.count() >= 0, "a pause is not negative");
  if (given_size == sizeof result && is_utf8(id) && id.size() <= 256) {
    require(out.provider_id == id, "good text stays as it is");
  }
  return 0;
}
