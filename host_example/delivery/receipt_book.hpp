// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <boost/json/object.hpp>
#include <map>
#include <optional>
#include <span>
#include <string>

#include "delivery/message_state.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// What is known of a message at its provider.
struct KnownState {
  MessageState state = {};
  bool is_kept = false;  ///< in the book, because a receipt came or it was noted; else our outbox alone tells of it
  std::int64_t insert_instant = 0, last_update_instant = 0;
};

/// The states of messages at their providers, kept until nothing has changed for 40 days. A message of the outbox that
/// no receipt has told of yet is not in the book: where it stands is known by its row there. [any thread]
class ReceiptBook {
 public:
  using Known = std::map<ProviderKey, KnownState>;

  /// `store` outlives this.
  explicit ReceiptBook(Store& store) : store_(store) {}

  /// Keeps other hosts from what is known of these messages until the transaction ends. To be called before any other,
  /// once.
  static void hold(Transaction& transaction, std::span<const ProviderKey> keys);

  /// What is known of each of these; of what nothing is known it is missing.
  static Known known(Transaction& transaction, std::span<const ProviderKey> keys);

  /// A provider accepted our message under this id; its receipts may have come before. Adds it to what is known, which
  /// it gives; nothing, and nothing changes, when the id is another message's.
  static const KnownState* claim(Known& known, const ProviderKey& key, const std::string& message_id);

  /// Keeps what is known of it.
  void put(Transaction& transaction, const ProviderKey& key, const KnownState& known);

  /// Claims and keeps it: for a message that is not the outbox's. False when the id is another message's.
  bool note_sent(Transaction& transaction, const ProviderKey& key, const std::string& message_id);

  /// Takes in a receipt, of this message where it says so ("" = it does not) and nothing speaks against it; gives the
  /// new state, or nothing when nothing has changed.
  std::optional<MessageState> take_in(Transaction& transaction, const std::string& messenger_id,
                                      const loader::Receipt& receipt, const std::string& message_id);

  /// {"messengerId", "providerId", "messageId", "status", …, "insertInstant", "lastUpdateInstant"}; nothing when
  /// nothing is known of such a message.
  std::optional<boost::json::object> find(const std::string& messenger_id, const std::string& provider_id);

 private:
  Store& store_;
  std::atomic<unsigned> written_{0};
};

}  // namespace messenger::host
