// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "delivery/message_draft.hpp"

namespace messenger::host {

/// Brings what many callers submit into the store by few commits: who comes while one is under way is part of the next.
/// Who finds none under way commits himself, for all that come meanwhile, too. [any thread]
class MessageIntake {
 public:
  using Done = std::function<void(std::vector<Accepted>, std::exception_ptr)>;

  /// `wake` is called after each commit that has brought messages. All given outlive this.
  MessageIntake(Store& store, const Log& log, const std::function<void()>& wake, const Messages::Options& options);
  MessageIntake(const MessageIntake&) = delete;
  MessageIntake& operator=(const MessageIntake&) = delete;
  ~MessageIntake();

  /// Calls `done` once, from this call or from one of another thread: with what became of each, once that is durable,
  /// or with what the store has thrown. `done` returns soon; what it throws is logged. The
  /// texts are wiped.
  void put(std::vector<Submission> submissions, Done done);

 private:
  struct Entry;
  using Group = std::vector<std::unique_ptr<Entry>>;

  Group next();
  void pause();
  void commit(Group& group);
  void commit_each(Group& group, MessageDrafts& drafts);
  std::vector<Accepted> unit(MessageDrafts& drafts, std::size_t first, std::size_t count);
  void give(const Entry& entry, std::vector<Accepted> accepted, const std::exception_ptr& error) noexcept;

  Store& store_;
  const Log& log_;
  const std::function<void()>& wake_;
  const Messages::Options& options_;
  std::mutex mutex_;
  std::deque<std::unique_ptr<Entry>> waiting_;  // guarded by mutex_
  bool is_led_ = false;                         // guarded by mutex_: somebody commits
  // Of who commits.
  std::chrono::steady_clock::time_point last_commit_ = {};  // when it began
  bool had_company_ = false;                                // more than one were in it
};

}  // namespace messenger::host
