// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace messenger::common {

/// Now, by the clock on the wall.
std::chrono::sys_seconds wall_clock() noexcept;

/// An HTTP date in any of its three forms (https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7).
std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text) noexcept;

/// A date of RFC 2822 as Twilio writes it, "Thu, 24 Aug 2023 05:01:45 +0000".
std::optional<std::chrono::sys_seconds> parse_mail_date(std::string_view text) noexcept;

/// An ISO 8601 instant, "2026-01-31T08:30:00Z", with or without a fraction, with Z or an offset such as +01:00.
std::optional<std::chrono::sys_seconds> parse_iso_instant(std::string_view text) noexcept;

}  // namespace messenger::common
