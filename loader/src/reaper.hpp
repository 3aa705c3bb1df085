// SPDX-License-Identifier: Apache-2.0
// The end of an instance, on a thread that is inside no plugin and no service.
#ifndef MESSENGER_LOADER_SRC_REAPER_HPP
#define MESSENGER_LOADER_SRC_REAPER_HPP

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>

#include "clock.hpp"

namespace messenger::loader {

class Instance;

/// The work of the thread `msgr-reaper`. An instance that is out of force drains: its ops go on to their own end. At
/// its drain timeout they are cancelled, a grace later the instance is parked. Once nothing pins it, it is stopped and
/// destroyed.
class Reaper {
 public:
  explicit Reaper(std::chrono::milliseconds drain_timeout) : drain_timeout_(drain_timeout) {}

  /// Begins the end of an instance that is no longer found by new sends. [any thread]
  void retire(std::shared_ptr<Instance> instance);
  /// The last pin of an instance is gone. [any thread]
  void wake() noexcept;

  /// Shortens every drain, for a shutdown that began now and ends at `deadline`.
  void hurry(Clock::time_point deadline);
  /// Whether all instances have ended by `deadline`.
  bool wait_idle(Clock::time_point deadline);
  /// Runs until stop().
  void run();
  /// Ends run() as soon as no plugin holds it.
  void stop();
  /// Parks what is left after stop(), when run() has ended or is given up.
  void park_rest();
  /// How many instances have ended in good order.
  std::size_t ended() const;

 private:
  // One call into a plugin at most from one phase to the next, so that a run() that was given up while a plugin held
  // it calls no further one.
  enum class Phase : std::uint8_t { draining, cancelled, stopping, destroying, destroyed, parking, gone };
  struct Entry {
    std::shared_ptr<Instance> instance;
    Clock::time_point cancel_at, park_at;
    bool configured = true;  ///< false: only lent its host to a validate or a configure that failed
    Phase phase = Phase::draining;
    const char* why = "";  ///< of parking
  };
  using Entries = std::list<Entry>;

  static Clock::time_point next_time(const Entry& entry) noexcept;
  static bool is_due(const Entry& entry, Clock::time_point now) noexcept;
  static Phase finish(Entry& entry);
  Phase act(Entry& entry);
  Phase drain(Entry& entry);
  void cancel_open(Instance& instance);
  void settle(Phase phase);
  void hasten(Entry& entry) const noexcept;
  void sleep(std::unique_lock<std::mutex>& lock);
  bool is_stopping() const;
  Clock::time_point stop_deadline() const;

  const std::chrono::milliseconds drain_timeout_;
  mutable std::mutex mutex_;
  std::condition_variable changed_, idle_;
  Entries waiting_, busy_;  // busy_: the one that is being acted on without the lock
  Clock::time_point last_cancel_ = Clock::time_point::max(), last_park_ = Clock::time_point::max(),
                    last_stop_ = Clock::time_point::max();  // of a shutdown
  std::size_t ended_ = 0;
  bool woken_ = false, stopping_ = false;
};

}  // namespace messenger::loader

#endif
