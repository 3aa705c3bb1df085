// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <messenger/loader/receipt.hpp>
#include <string>
#include <utility>
#include <vector>

#include "delivery/event_limit.hpp"
#include "delivery/receipt_book.hpp"
#include "delivery/receipt_gate.hpp"
#include "delivery/work_queue.hpp"
#include "runtime/log.hpp"
#include "runtime/runtime.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// A provider's request as it came in.
struct IncomingReceipt {
  std::string messenger_id;
  std::string query;  ///< "?a=b" exactly as it was used; empty = none
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string request_id;
};

/// Takes what providers tell: has the messenger verify and read it, and keeps it before it is acknowledged. Anybody may
/// send anything, so one receipt after the other is looked at, on a thread of its own: a flood takes no more than that.
/// The event log gets an Error entry when a message failed, a Debug entry for each change where the messenger's `debug`
/// is on, and an Error entry for refused receipts: for the first, then for all that follow in each interval, and for
/// the rest when this goes. [any thread]
class ReceiptIntake {
 public:
  struct Options {
    std::string public_url;   ///< of this host, as checked_public_url gives it; empty = no receipts are taken
    double per_second = 100;  ///< of one messenger, in the long run; ten seconds' worth may come at once
    std::int64_t event_log_entries = 10'000;
    std::size_t most_waiting = 256;  ///< receipts that were not looked at yet
    std::chrono::milliseconds tell_every = std::chrono::minutes(1);
  };
  enum class Verdict {
    kept,
    forged,     ///< not from the provider
    malformed,  ///< from the provider, and not understood
    unknown,    ///< no such messenger, or one that takes no receipts
    too_many,
    busy,   ///< not looked at: too many wait already, or the store is
    failed  ///< as the log says
  };
  struct Answer {
    Verdict verdict;
    std::chrono::milliseconds retry_after{0};  ///< of too_many
  };

  using Done = std::function<void(const Answer&)>;

  /// Starts the thread `host-receipts`. All given outlive this.
  ReceiptIntake(Runtime& runtime, Store& store, const Log& log, Options options);
  ReceiptIntake(const ReceiptIntake&) = delete;
  ReceiptIntake& operator=(const ReceiptIntake&) = delete;
  /// Looks at what waits.
  ~ReceiptIntake();

  /// `done` is called exactly once, perhaps before this returns, else on `host-receipts`; what is kept is durable by
  /// then. It throws nothing.
  void take(IncomingReceipt incoming, Done done);

  /// As ReceiptBook::find.
  std::optional<boost::json::object> find(const std::string& messenger_id, const std::string& provider_id) {
    return book_.find(messenger_id, provider_id);
  }

 private:
  Answer answer_to(const IncomingReceipt& incoming) noexcept;
  Answer look_at(const IncomingReceipt& incoming);
  bool takes_receipts(const std::string& messenger_id) const;
  loader::Reading read(const IncomingReceipt& incoming, std::vector<loader::Receipt>& receipts) const;
  void keep(const IncomingReceipt& incoming, const std::vector<loader::Receipt>& receipts);
  void write_change(Transaction& transaction, const std::string& messenger_id, const loader::Receipt& receipt,
                    const MessageState& state);
  void refuse(const IncomingReceipt& incoming, Refusal why);
  void tell(const ReceiptGate::Refused& refused, const std::string& request_id) noexcept;
  void tell_later(const std::string& messenger_id, Refusal why);

  Runtime& runtime_;
  Store& store_;
  const Log& log_;
  const Options options_;
  ReceiptBook book_;
  ReceiptGate gate_;
  EventLimit limit_;
  std::atomic<std::size_t> waiting_{0};
  WorkQueue queue_{"host-receipts"};  // last, so that its thread ends first
};

}  // namespace messenger::host
