// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <messenger/loader/receipt.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "delivery/event_limit.hpp"
#include "delivery/receipt_book.hpp"
#include "delivery/receipt_gate.hpp"
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

/// Takes what providers tell: has the messenger verify and read it, and keeps it before it is acknowledged. The event
/// log gets an Error entry when a message failed, a Debug entry for each change where the messenger's `debug` is on,
/// and one Error entry a minute at most for refused receipts. [any thread]
class ReceiptIntake {
 public:
  struct Options {
    std::string public_url;   ///< of this host, as checked_public_url gives it; empty = no receipts are taken
    double per_second = 100;  ///< of one messenger, in the long run; ten seconds' worth may come at once
    std::int64_t event_log_entries = 10'000;
  };
  enum class Verdict {
    kept,
    forged,     ///< not from the provider
    malformed,  ///< from the provider, and not understood
    unknown,    ///< no such messenger, or one that takes no receipts
    too_many
  };
  struct Answer {
    Verdict verdict;
    std::chrono::milliseconds retry_after{0};  ///< of too_many
  };

  /// All given outlive this.
  ReceiptIntake(Runtime& runtime, Store& store, const Log& log, Options options);

  /// Blocks for the store; durable when it returns.
  Answer take(const IncomingReceipt& incoming);

  /// As ReceiptBook::find.
  std::optional<boost::json::object> find(const std::string& messenger_id, const std::string& provider_id) {
    return book_.find(messenger_id, provider_id);
  }

 private:
  bool takes_receipts(const std::string& messenger_id) const;
  loader::Reading read(const IncomingReceipt& incoming, std::vector<loader::Receipt>& receipts) const;
  void keep(const IncomingReceipt& incoming, const std::vector<loader::Receipt>& receipts);
  void write_change(Transaction& transaction, const std::string& messenger_id, const loader::Receipt& receipt,
                    const MessageState& state);
  void tell_refused(const IncomingReceipt& incoming, std::string_view why);

  Runtime& runtime_;
  Store& store_;
  const Log& log_;
  const Options options_;
  ReceiptBook book_;
  ReceiptGate gate_;
  EventLimit limit_;
};

}  // namespace messenger::host
