// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace messenger::common {

/// The pause a Retry-After header asks for (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after), at most a week;
/// 0 when the header is absent, not understood or in the past.
std::uint64_t retry_after_ms(std::string_view value, std::chrono::sys_seconds now) noexcept;

}  // namespace messenger::common
