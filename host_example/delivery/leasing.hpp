// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "delivery/attempt_verdict.hpp"
#include "delivery/circuits.hpp"
#include "delivery/lane_turns.hpp"
#include "delivery/route.hpp"
#include "delivery/slots.hpp"

namespace messenger::host {

/// An attempt that may begin as soon as its lease is durable.
struct ReadyAttempt {
  std::shared_ptr<LeasedAttempt> attempt;
  LeasedMessage message;
};

/// Chooses whose turn it is, leases what there are slots for, and says who carries it. What a unit has taken of slots
/// and circuits is the unit's: when it fails, it is given back. [one thread]
class Leasing {
 public:
  struct Limits {
    std::chrono::milliseconds lease_for{0};      ///< from now on
    std::chrono::milliseconds begin_within{0};   ///< from now on; later than that an attempt does not begin
    std::chrono::milliseconds longest_pause{0};  ///< of a message whose route leads nowhere
  };
  /// What a unit has brought.
  struct Round {
    std::vector<ReadyAttempt> ready;
    std::vector<std::string> holders;       ///< of every lease in it
    bool is_backlogged = false;             ///< something is due that there is no slot for
    std::int64_t next = never;              ///< epoch ms: when something is due that no wake-up tells of
    std::vector<std::string> without_type;  ///< ids of message types that are gone or cannot be read
    bool is_full = false;                   ///< there may be more that there is a slot for
    std::vector<std::string> postponed;     ///< ids of messages that were leased and not begun

    static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
  };

  /// `host` tells this process from all others; slots, circuits and chance outlive this.
  Leasing(std::string host, Slots& slots, Circuits& circuits, std::mt19937_64& chance)
      : host_(std::move(host)), slots_(slots), circuits_(circuits), chance_(chance) {}

  /// Within a transaction. `round` is filled as it goes, so that it is known when this throws.
  void lease(Transaction& transaction, std::int64_t now, const Limits& limits, Round& round);
  /// The unit was not committed: its attempts do not begin.
  void give_back(const Round& round);
  /// Something was changed: lanes that nobody could carry are looked at again.
  void look_again() { held_until_.clear(); }

 private:
  struct Turn;

  static void note_due(Turn& turn, const std::vector<LaneHead>& heads);
  void serve(Turn& turn, const LaneHead& lane, std::size_t most);
  bool serve_all(Turn& turn, std::vector<LaneHead>& lanes);
  static const MessageRoute& route_of(Turn& turn, const std::string& name);
  std::size_t capacity(const MessageRoute& route, Priority priority, std::int64_t now) const;
  std::int64_t free_again(const MessageRoute& route) const;
  static std::string_view cannot_be_sent(const LeasedMessage& leased) noexcept;
  static void fail(Turn& turn, const OutboxMessage& message, std::string_view reason);
  void take(Turn& turn, const MessageRoute& route, LeasedMessage leased);
  std::string choose(const MessageRoute& route, const OutboxMessage& message, Progress& progress, std::int64_t now);
  void postpone(Turn& turn, const MessageRoute& route, const OutboxMessage& message, const Progress& progress);

  const std::string host_;
  Slots& slots_;
  Circuits& circuits_;
  std::mt19937_64& chance_;
  LaneTurns turns_;
  std::uint64_t leases_ = 0;
  std::map<std::string, std::int64_t>
      held_until_;  // by lane: others seem to have its messages, or nobody can carry them
};

}  // namespace messenger::host
