// SPDX-License-Identifier: Apache-2.0
// Messages from the moment they are accepted: what the API and other callers have of the outbox.
#pragma once

#include <atomic>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <messenger/loader/report.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "delivery/delivery.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// A message for one destination, as a caller wants it sent.
struct Submission {
  OutgoingMessage message;           ///< its id: empty = a random one; its `expires` does not count
  std::string tenant_id;             ///< empty = the host's own
  std::string messenger_id;          ///< who carries it …
  std::string message_type_id;       ///< … or the kind of message that names its carriers; one of the two
  std::optional<Priority> priority;  ///< else its message type's, else notice
  std::int64_t expires = 0;          ///< epoch ms; 0 = now + its message type's lifetime, else a day
  std::string idempotency_key;       ///< the caller's; empty = none
  std::string traceparent;           ///< W3C trace context; empty = none
  std::string resend_of;             ///< the id of a dead message that this one repeats; empty = none
};

/// What became of a submission.
struct Accepted {
  std::string id;                          ///< empty = it was refused
  bool is_new = true;                      ///< false: this idempotency key has had it accepted before
  std::vector<loader::Issue> issues = {};  ///< why it was refused; pointers start at the message ("/messengerId")
};

/// How the sending of a message went, for who waits for it.
struct Settled {
  MessageStage stage = MessageStage::queued;  ///< queued or leased: it goes on
  std::string reason = {};
  bool misconfigured = false;  ///< queued, and no messenger of its route will carry it before somebody mends one
};

class MessageIntake;

/// Accepts, finds, cancels and repeats messages. Throws StoreError. [any thread]
class Messages {
 public:
  struct Options {
    std::int64_t lifetime_seconds = 86'400;           ///< of a message that says none, and has no message type
    std::int64_t longest_lifetime_seconds = 604'800;  ///< a week
  };

  /// `wake` tells the dispatcher that messages are due, and the priority of what goes first. All given outlive this.
  Messages(Store& store, const Log& log, std::function<void(Priority)> wake, Options options);
  Messages(const Messages&) = delete;
  Messages& operator=(const Messages&) = delete;
  ~Messages();

  /// Keeps a message within the caller's transaction: accepted if and only if that is committed. Wake the dispatcher
  /// then. One that was accepted before, by its idempotency key or id, is so again, whatever has ended or is gone
  /// meanwhile. One with an attribute `code` is secret.
  Accepted add(Transaction& transaction, const Submission& submission);
  /// Keeps those of them that have no issues, all in one transaction: durable when this returns. The texts are wiped.
  std::vector<Accepted> accept(std::vector<Submission> submissions);
  /// The same, together with what other threads bring meanwhile, in one transaction for all: calls `done` once, on the
  /// thread `host-accept`, with what became of each or with what the store has thrown. `done` returns soon; what it
  /// throws is logged.
  using Done = std::function<void(std::vector<Accepted>, std::exception_ptr)>;
  void accept(std::vector<Submission> submissions, Done done);

  /// Keeps what callers have brought, and takes nothing any more: accept() throws StoreBusy.
  void stop();

  /// {"id", "state", "priority", "tenantId", "messengerId", "messageTypeId", "to" (masked), "attempts", "reason",
  /// "expires", "insertInstant", "lastUpdateInstant", "providerId", "locale", "userId", "requestId", "resendOf",
  /// "nextAttempt" (while queued), "cancelRequested", "wiped", "history":[{"instant", "state", "attempt",
  /// "messengerId", "outcome", "reason"}]}, without what is empty; nothing when there is none.
  std::optional<boost::json::object> find(const std::string& id);
  /// {"messages":[…], "total"}, without histories.
  boost::json::object search(const MessageSearch& search);
  /// Calls a message off: its stage afterwards (leased = as soon as it is certainly unsent); nothing when there is
  /// none.
  std::optional<MessageStage> cancel(const std::string& id);
  /// Accepts a dead message (failed, undelivered, unknown, expired, cancelled) anew, for as long as it lived, under a
  /// new id that is the same however often this is called. Nothing when there is none; an issue when it is not dead, is
  /// still being looked for, or its text was wiped.
  std::optional<Accepted> resend(const std::string& id);

  /// Messages that were new since the start, for metrics; one whose transaction was undone counts, too.
  std::uint64_t accepted() const noexcept { return accepted_; }

 private:
  std::vector<Accepted> counted(std::vector<Accepted> accepted);
  std::optional<Submission> repeated(const OutboxMessage& dead, Accepted& refused) const;

  Store& store_;
  const std::function<void(Priority)> wake_;
  const Options options_;
  std::atomic<std::uint64_t> accepted_{0};
  const std::unique_ptr<MessageIntake> intake_;
};

}  // namespace messenger::host
