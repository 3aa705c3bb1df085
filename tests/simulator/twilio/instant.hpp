#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace messenger::simulator::twilio {

/// A point in time, UTC.
using Instant = std::chrono::system_clock::time_point;

/// Thu, 24 Aug 2023 05:01:45 +0000, as the 2010-04-01 API tells time.
std::string rfc2822(Instant when);

/// 2023-08-24T05:01:45Z, as the v1 APIs do.
std::string iso8601(Instant when);

/// 2023-08-24
std::string day_of(Instant when);

/// Reads 2023-08-24T05:01:45Z; fractions of a second are cut off.
std::optional<Instant> parse_iso8601(const std::string& text);

/// Whether the text is a day of the calendar, as in 2023-08-24.
bool is_day(const std::string& text);

}  // namespace messenger::simulator::twilio
