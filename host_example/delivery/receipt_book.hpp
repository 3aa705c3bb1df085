// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <boost/json/object.hpp>
#include <optional>
#include <string>

#include "delivery/message_state.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// The states of messages at their providers, kept until nothing has changed for 40 days. [any thread]
class ReceiptBook {
 public:
  /// `store` outlives this.
  explicit ReceiptBook(Store& store) : store_(store) {}

  /// Keeps other hosts from what is known of this message until the transaction ends. To be called before any other,
  /// of several messages in one order.
  static void hold(Transaction& transaction, const std::string& messenger_id, const std::string& provider_id);

  /// A provider accepted our message under this id; its receipts may have come before. Gives what is known of it now;
  /// nothing, and nothing changes, when the id is another message's.
  std::optional<MessageState> note_sent(Transaction& transaction, const std::string& messenger_id,
                                        const std::string& provider_id, const std::string& message_id);

  /// Takes in a receipt, of this message where it says so ("" = it does not) and nothing speaks against it; gives the
  /// new state, or nothing when nothing has changed.
  std::optional<MessageState> take_in(Transaction& transaction, const std::string& messenger_id,
                                      const loader::Receipt& receipt, const std::string& message_id);

  /// {"messengerId", "providerId", "messageId", "status", …, "insertInstant", "lastUpdateInstant"}; nothing when
  /// nothing is known of such a message.
  std::optional<boost::json::object> find(const std::string& messenger_id, const std::string& provider_id);

 private:
  void put(Transaction& transaction, const std::string& messenger_id, const std::string& provider_id,
           const MessageState& state);

  Store& store_;
  std::atomic<unsigned> written_{0};
};

}  // namespace messenger::host
