// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "delivery/delivery.hpp"
#include "delivery/progress.hpp"
#include "store/outbox.hpp"

namespace messenger::host {

/// An attempt that was begun by leasing its message, without the message's text.
struct LeasedAttempt {
  std::string id, messenger_id;  ///< messenger_id: who carries it
  Priority priority = Priority::notice;
  bool secret = false;
  std::int64_t attempt = 0, due = 0, lease_until = 0;
  Progress progress;                  ///< before this attempt
  std::vector<std::string> carriers;  ///< of its route, as it was then
  std::uint64_t circuit = 0;          ///< what Circuits::begin gave
  std::int64_t latest_begin = 0;      ///< epoch ms: later than that it does not begin
  bool is_brief = false;              ///< the message's lifetime ends before the attempt's time

  std::atomic<std::uint64_t> ticket{0};    ///< what Delivery::send gave [any thread]
  std::atomic<bool> is_called_off{false};  ///< [any thread]
};

/// Why an attempt at a message ends the message: what is kept of it does not open.
inline constexpr std::string_view cannot_be_read = "Its text cannot be read.";

/// How long to wait, and how often to look.
struct Patience {
  std::chrono::milliseconds shortest_pause, longest_pause;
  std::vector<std::chrono::milliseconds> look_after;
};

/// What an attempt's end makes of its message: the outcome alone decides whether there is another attempt, and by whom.
/// `reason`: why it ended so, one sentence without secrets.
MessageUpdate verdict_of(const LeasedAttempt& attempt, const AttemptResult& result, std::string reason,
                         const Patience& patience, std::int64_t now, std::mt19937_64& chance);

/// Whether this end of it says how its messenger is: not when the messenger was not asked, but for one that cannot be,
/// and not when the message's own lifetime cut it short.
bool tells_of_messenger(const LeasedAttempt& attempt, loader::Outcome outcome) noexcept;

}  // namespace messenger::host
