// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "delivery/message_draft.hpp"

namespace messenger::host {

/// Brings what many callers submit into the store by few commits, on a thread of its own, `host-accept`: what comes
/// while one is under way is part of the next. [any thread]
class MessageIntake {
 public:
  using Done = std::function<void(std::vector<Accepted>, std::exception_ptr)>;

  /// `wake` is called after each commit that has brought messages, with the priority of what goes first. All given
  /// outlive this. The thread starts with the first message.
  MessageIntake(Store& store, const Log& log, const std::function<void(Priority)>& wake,
                const Messages::Options& options);
  MessageIntake(const MessageIntake&) = delete;
  MessageIntake& operator=(const MessageIntake&) = delete;
  /// stop()
  ~MessageIntake();

  /// Calls `done` once, on `host-accept`: with what became of each, once that is durable, or with what the store has
  /// thrown. `done` returns soon; what it throws is logged. The texts are wiped. Throws StoreBusy after stop(); then
  /// nothing is called.
  void put(std::vector<Submission> submissions, Done done);

  /// Keeps what waits and ends the thread. Not to be called on it.
  void stop();

 private:
  struct Entry;
  using Group = std::vector<std::unique_ptr<Entry>>;

  void run();
  Group next();
  void commit(Group& group) noexcept;
  bool commit_all(const Group& group, MessageDrafts& drafts, std::vector<Accepted>& accepted, std::exception_ptr& busy);
  void commit_each(const Group& group, MessageDrafts& drafts, std::exception_ptr busy);
  std::vector<Accepted> unit(MessageDrafts& drafts, std::size_t first, std::size_t count);
  void give(const Entry& entry, std::vector<Accepted> accepted, const std::exception_ptr& error) noexcept;

  Store& store_;
  const Log& log_;
  const std::function<void(Priority)>& wake_;
  const Messages::Options& options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::unique_ptr<Entry>> waiting_;  // guarded by mutex_
  bool stopping_ = false;                       // guarded by mutex_
  std::thread thread_;                          // guarded by mutex_ until it is joined
};

}  // namespace messenger::host
