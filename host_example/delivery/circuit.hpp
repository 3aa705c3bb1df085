// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <messenger/loader/outcome.hpp>
#include <string>

namespace messenger::host {

/// Keeps messages from a messenger that is sick: after failures in a row it is open, and nothing is sent through it;
/// after a break it is half-open, and one message at a time probes whether the messenger is well again. Instants are
/// epoch ms.
class Circuit {
 public:
  enum class Position { closed, open, half_open };
  struct Settings {
    int failures_to_open = 5;
    std::chrono::milliseconds shortest_break{5'000}, longest_break{60'000};
  };
  /// What an attempt's end did to it.
  enum class Change { none, opened, closed };

  Position position(std::int64_t now) const noexcept;
  /// Whether an attempt may begin.
  bool admits(std::int64_t now) const noexcept;
  /// An attempt begins; gives what is to be handed back to end() or abandon().
  std::uint64_t begin(std::int64_t now) noexcept;
  /// An attempt has ended so; `reason` is a sentence without secrets. What began before the circuit opened, closed or
  /// was reset tells nothing any more.
  Change end(std::uint64_t begun, loader::Outcome outcome, std::chrono::milliseconds retry_after,
             const std::string& reason, std::int64_t now, const Settings& settings);
  /// An attempt ended without telling anything of the messenger.
  void abandon(std::uint64_t begun) noexcept;
  /// The messenger was changed. What is under way tells nothing any more.
  void reset() noexcept;

  const std::string& reason() const noexcept { return reason_; }
  std::int64_t retry_at() const noexcept { return retry_at_; }  ///< 0 = closed
  /// It is open because the messenger is configured wrongly.
  bool is_misconfigured() const noexcept { return is_open_ && misconfigured_; }
  /// Whether this was not yet said of this opening; it is now.
  bool tell_bypassed() noexcept;

 private:
  Change open(loader::Outcome outcome, std::chrono::milliseconds retry_after, const std::string& reason,
              std::int64_t now, const Settings& settings);

  std::uint64_t era_ = 1;  // what began in another one is over
  bool is_open_ = false, probing_ = false, misconfigured_ = false, told_bypassed_ = false;
  int failures_ = 0;           // in a row
  std::int64_t openings_ = 0;  // in a row, half-open probes that failed included
  std::int64_t retry_at_ = 0;
  std::string reason_;
};

}  // namespace messenger::host
