// SPDX-License-Identifier: Apache-2.0
#include "common/retry_after.hpp"

#include <algorithm>
#include <charconv>

#include "common/instant.hpp"

namespace messenger::common {

std::uint64_t retry_after_ms(std::string_view value, std::chrono::sys_seconds now) noexcept {
  constexpr std::int64_t week = 604'800;  // seconds
  std::int64_t seconds = 0;
  if (!value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos) {
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (error != std::errc{}) {
      seconds = week;  // more digits than fit
    }
  } else if (const auto date = parse_http_date(value)) {
    seconds = (*date - now).count();
  }
  return static_cast<std::uint64_t>(std::clamp<std::int64_t>(seconds, 0, week)) * 1000;
}

}  // namespace messenger::common
