// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "delivery/delivery.hpp"
#include "delivery/leasing.hpp"
#include "delivery/recorder.hpp"

namespace messenger::host {

/// Begins attempts whose leases are durable: opens what is kept of the message, and starts the send. On a thread of its
/// own, `host-send`, so that meanwhile others are recorded and leased. Codes go first. [any thread]
class AttemptStarter {
 public:
  /// `ended` is called once for each attempt, on the thread that ends it, and must not block. All given outlive this.
  AttemptStarter(Delivery& delivery, loader::Registry& registry, const Store& store, std::function<void(Ending)> ended);
  AttemptStarter(const AttemptStarter&) = delete;
  AttemptStarter& operator=(const AttemptStarter&) = delete;
  /// Everything that was begun has ended.
  ~AttemptStarter();

  void begin(std::vector<ReadyAttempt> attempts);
  /// Returns once everything that was given so far has begun, or will not.
  void wait_for_begun();
  /// Ends the attempt as soon as it can be ended; one that waits to begin does not.
  void call_off(LeasedAttempt& attempt);

 private:
  struct Start;

  void run();
  bool next(ReadyAttempt& attempt);
  void begin(ReadyAttempt ready) noexcept;
  std::shared_ptr<Start> start(const std::shared_ptr<LeasedAttempt>& attempt, OutboxMessage& kept);
  void not_begun(const std::shared_ptr<LeasedAttempt>& attempt, Course course, const std::string& why);

  Delivery& delivery_;
  loader::Registry& registry_;
  const Store& store_;
  const std::function<void(Ending)> ended_;
  std::mutex mutex_;
  std::condition_variable changed_, none_waits_;
  std::array<std::deque<ReadyAttempt>, 3> waiting_;  // guarded by mutex_; by priority
  bool is_beginning_ = false, stopping_ = false;     // guarded by mutex_
  std::thread thread_;                               // last: it uses the rest
};

}  // namespace messenger::host
