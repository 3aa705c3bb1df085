// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "delivery/delivery.hpp"
#include "delivery/messages.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// Where a messenger's circuit stands, on this host.
struct CircuitState {
  enum class Position { closed, open, half_open };
  std::string messenger_id;
  Position position = Position::closed;
  std::string reason;         ///< why it is not closed
  std::int64_t retry_at = 0;  ///< epoch ms, of the next probe; 0 = closed
  std::size_t in_flight = 0;  ///< attempts right now
};

/// What has happened since the start, for metrics.
struct DispatchCounts {
  std::uint64_t attempts[7] = {};  ///< by loader::Outcome
  std::uint64_t leases_ended = 0, expired = 0, looks = 0, found = 0, late_answers = 0, store_failures = 0;
};

/// Takes messages out of the outbox and brings each to its end. A thread of its own, `host-dispatch`, records what
/// became of attempts and leases what is due while there are slots for it; another, `host-send`, starts the attempts.
/// In between they sleep until something happens. Codes go first, lanes take turns, and a messenger that is sick holds
/// up nobody else. OK is sent. RETRY and DEADLINE are tried again, by the route's next messenger at once, else after a
/// pause with full jitter or the provider's Retry-After, until the lifetime ends. REJECTED goes to another messenger of
/// the route at most. CONFIG opens the messenger's circuit. UNKNOWN is looked for through the plugin, and never sent
/// again. CANCELLED is cancelled when that was asked for, else tried again. [any thread]
class Dispatcher {
 public:
  struct Options {
    std::size_t slots = 256;                         ///< attempts at once
    std::size_t slots_per_messenger = 64;            ///< likewise, most_sends_of_a_messenger at most; a quarter of
                                                     ///< both is kept for codes
    std::chrono::milliseconds lease_margin{10'000};  ///< a lease lasts this much longer than an attempt may
    std::chrono::milliseconds shortest_pause{500}, longest_pause{60'000};    ///< between two attempts at a message
    int failures_to_open = 5;                                                ///< in a row, of one messenger
    std::chrono::milliseconds shortest_break{5'000}, longest_break{60'000};  ///< of an open circuit
    /// When to look for a message whose send ended UNKNOWN, each after the look before.
    std::vector<std::chrono::milliseconds> look_after{std::chrono::seconds(2), std::chrono::seconds(15),
                                                      std::chrono::seconds(60)};
    std::chrono::milliseconds look_around{5'000};  ///< at what other hosts left behind, where no wake-up tells of it
    std::chrono::hours kept_for = std::chrono::hours(24 * 40);  ///< settled messages, from their last change on
  };

  /// Starts the thread. All given outlive this.
  Dispatcher(Delivery& delivery, Runtime& runtime, Store& store, const Log& log, Options options);
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;
  /// stop() was called, and the registry shut down. Waits until every outcome is recorded, or the store has failed for
  /// some seconds.
  ~Dispatcher();

  /// Messages were accepted by this host; codes do not wait for more to come. When it has no slot for them, it tells
  /// the other hosts.
  void wake(Priority most_urgent);
  /// Messages may be due, as a notice of another host says.
  void look();
  /// A message is to be called off: ends its attempt if it is one of this host, and tells those who wait for it.
  void cancel(const std::string& message_id);
  /// A messenger was changed: its circuit is closed, and what waits for it is tried.
  void messenger_changed(const std::string& messenger_id);

  /// Calls back once, on `host-dispatch`: when the message's sending is over, when its first attempt has ended and it
  /// goes on, or after this time, as it stands then; from the destructor at the latest, or at once by the caller when
  /// that is over. What `done` throws is logged. Call it before the message is
  /// accepted, perhaps within that transaction. `done` may block for the store.
  void when_settled(const std::string& message_id, std::chrono::milliseconds within,
                    std::function<void(const Settled&)> done);

  std::vector<CircuitState> circuits() const;
  DispatchCounts counts() const;
  void set_options(const Options& options);

  /// From when this returns nothing is leased any more; what is under way ends, and is recorded. Blocks for the store;
  /// not to be called on `host-dispatch`.
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace messenger::host
