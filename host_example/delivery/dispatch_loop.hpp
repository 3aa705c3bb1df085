// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "delivery/attempt_starter.hpp"
#include "delivery/circuits.hpp"
#include "delivery/dispatch_inbox.hpp"
#include "delivery/dispatcher.hpp"
#include "delivery/event_limit.hpp"
#include "delivery/leasing.hpp"
#include "delivery/recorder.hpp"
#include "delivery/store_health.hpp"
#include "delivery/waiters.hpp"

namespace messenger::host {

/// What the dispatcher's thread does, round after round. [one thread, unless said otherwise]
class DispatchLoop {
 public:
  /// All given outlive this, and it outlives every attempt and look that it has begun.
  DispatchLoop(Delivery& delivery, loader::Registry& registry, Store& store, const Log& log, DispatchInbox& inbox,
               Dispatcher::Options options);

  /// Returns once the end was asked for and nothing is in hand any more.
  void run();

  std::vector<CircuitState> circuits() const;  ///< [any thread]
  DispatchCounts counts() const;               ///< [any thread]

 private:
  static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
  static constexpr std::chrono::milliseconds shortest_round{2}, longest_round{10};
  static constexpr std::size_t many_calls = 32;
  static constexpr std::int64_t tell_interval = 200;  // ms, between notices to other hosts
  static constexpr std::size_t most_looks = 16;       // at once
  struct Unrecorded {
    Ending ending;
    int failures = 0;
  };
  struct Counters {
    std::array<std::atomic<std::uint64_t>, 7> attempts{};
    std::atomic<std::uint64_t> leases_ended{0}, expired{0}, looks{0}, found{0}, late_answers{0}, store_failures{0};
  };

  // dispatch_loop.cpp: when to do what.
  bool is_over();
  void pause();
  std::chrono::milliseconds time_to_wait() const;
  std::int64_t next_unit(std::int64_t now) const;
  void read(DispatchMail mail);
  void take_options(const Dispatcher::Options& options);
  void call_off(const std::string& message_id);
  void take_in(Ending ending);
  bool transact(const std::function<void(Transaction&)>& work);
  void tell_of_circuits();
  void show();

  // dispatch_attempts.cpp: leasing attempts, and recording how they ended.
  struct LeaseUnit;
  void lease(std::int64_t now);
  void lease(Transaction& transaction, LeaseUnit& unit);
  void leased(LeaseUnit& unit);
  void not_leased(const LeaseUnit& unit);
  bool is_time_to_lease(std::int64_t now) const;
  void release_doubtful();
  void record();
  bool record(const std::vector<Ending>& group, bool is_last);
  void give_back_slots(const std::vector<Ending>& group);
  void take_slots(const std::vector<Ending>& group);
  void put_off();
  void finish(const Ending& ending, const Recorded& recorded, std::int64_t now);
  void finish_attempt(const LeasedAttempt& attempt, const Recorded& recorded, std::int64_t now);
  void finish_look(const EndedLook& look, const Recorded& recorded);
  void let_go(const Ending& ending);

  // dispatch_upkeep.cpp: what time alone brings, and those who wait.
  void upkeep(std::int64_t now);
  bool upkeep_once(std::int64_t now);
  bool is_time_for_upkeep(std::int64_t now) const;
  struct Taken;
  void begin_look(OutboxMessage& message, const std::vector<MessageChange>& history);
  void ask_for_waiters(std::int64_t now);
  bool is_misconfigured(Transaction& transaction, const OutboxMessage& message) const;
  void tell_waiters(const std::string& message_id, const std::optional<OutboxMessage>& message, bool misconfigured,
                    bool is_last);

  Delivery& delivery_;
  loader::Registry& registry_;
  const Log& log_;
  DispatchInbox& inbox_;
  Dispatcher::Options options_;
  StoreHealth store_;
  EventLimit event_limit_;
  std::mt19937_64 chance_;
  Slots slots_;
  Circuits circuits_;
  Leasing leasing_;
  Recorder recorder_;
  Waiters waiters_;
  std::set<std::string> to_ask_;  // messages that somebody waits for, and that something has happened to

  std::map<std::string, std::shared_ptr<LeasedAttempt>> in_hand_;  // by message, until it is recorded
  std::size_t looks_in_hand_ = 0;                                  // likewise
  std::size_t open_calls_ = 0;                                     // attempts and looks without an answer
  std::size_t last_begun_ = 0;                                     // how many attempts, by the last unit that leased
  std::deque<Unrecorded> endings_;
  std::size_t group_ = 1;              // how many of them are recorded in one unit
  std::vector<std::string> doubtful_;  // holders of leases whose commit is in doubt
  std::vector<CircuitNote> notes_;     // not written yet

  bool stopping_ = false, ending_ = false;
  std::chrono::steady_clock::time_point last_unit_ = {};  // when it began
  std::int64_t ending_since_ = 0;
  bool look_at_lanes_ = true;
  bool is_backlogged_ = false;  // something is due that there was no slot for
  bool owes_notice_ = false;    // of what was accepted here, to other hosts
  // Epoch ms of what is to be done without any mail.
  std::int64_t last_notice_ = 0, next_lane_ = never, next_look_around_ = 0, next_sweep_ = 0, upkeep_not_before_ = 0;
  OutboxTimes times_;

  Counters counters_;
  AttemptStarter starter_;
  mutable std::mutex seen_mutex_;
  std::vector<std::pair<std::string, Circuit>> seen_circuits_;  // guarded by seen_mutex_
  std::map<std::string, std::size_t> seen_slots_;               // guarded by seen_mutex_
};

}  // namespace messenger::host
