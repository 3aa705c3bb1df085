// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <messenger/loader/message.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "delivery/messengers.hpp"
#include "runtime/log.hpp"
#include "runtime/runtime.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// A message for one destination, owning its text.
struct OutgoingMessage {
  std::string id;          ///< UUID: the idempotency key, and the messageId of the log and the event log
  std::string request_id;  ///< of the request that caused it; empty = none
  std::string to, body, locale;
  std::vector<std::pair<std::string, std::string>> attributes;  ///< "code", "userId", …
  std::optional<std::chrono::steady_clock::time_point> expires;
  bool secret = false;        ///< body or attributes hold a code
  std::string traceparent;    ///< W3C trace context of the request that caused it; empty = none
  std::uint32_t attempt = 1;  ///< which one this is
};

/// How an attempt went.
struct AttemptResult : loader::Result {
  std::int64_t began = 0, ended = 0;  ///< epoch ms
  bool can_reconcile = false;         ///< the messenger can look for a message that it may have sent
};

/// What is said of an attempt, without secrets, codes and numbers.
struct AttemptText {
  std::string reason;  ///< why it ended so, one line
  std::string entry;   ///< of the event log; empty = none
};

struct Attempt;

/// Sends messages through stored messengers, and has a trace of each attempt: a line in the log, an Error entry in the
/// event log for every failure, a Debug entry where the messenger's `debug` is on. None holds a secret, a code or a
/// whole number. The entries are written where the outcome is recorded, in the same unit. A message for which receipts
/// may come says where to.
/// [any thread]
class Delivery {
 public:
  struct Options {
    std::chrono::milliseconds timeout{20'000};  ///< of one attempt
    std::int64_t event_log_entries = 10'000;    ///< the newest that are kept
    std::string public_url = {};                ///< of this host: where providers send receipts; empty = nowhere
    /// Told by tell(), for metrics; throws nothing.
    std::function<void(const std::string& messenger_id, loader::Outcome outcome, std::chrono::milliseconds took)>
        attempt_ended = {};
  };

  /// All given outlive this.
  Delivery(Messengers& messengers, Runtime& runtime, Store& store, const Log& log, Options options);
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;
  /// Waits until every message has its outcome: the registry was shut down before.
  ~Delivery();

  using Done = std::function<void(std::shared_ptr<const Attempt>)>;

  /// `done` is called exactly once with the attempt that has ended, where the registry ends sends or, refused, by the
  /// caller; it returns soon, and what it throws is logged. A messenger that is not there, or has no plugin, is CONFIG.
  /// Gives the ticket for Registry::cancel, or 0 when the attempt was refused.
  std::uint64_t send(const std::string& messenger_id, OutgoingMessage message, const Done& done);

  /// Of an attempt that has ended: writes its line in the log, tells Options::attempt_ended, and gives what is to be
  /// kept of it. After a change of messengers it blocks for the store; one that fails is logged.
  AttemptText tell(const Attempt& attempt) noexcept;
  /// Its entries in the event log, in the unit that records it. Throws StoreError.
  void write_events(Transaction& transaction, const Attempt& attempt, const AttemptText& text);

  /// A message whose attempt ended UNKNOWN was found at its provider: a line in the log and an Information entry. The
  /// result is OK with the provider's id; the evidence is JSON. Blocks for the store.
  void tell_found(const std::string& messenger_id, const OutgoingMessage& message, const loader::Result& result,
                  const std::string& evidence);

  const Options& options() const noexcept;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace messenger::host
