// SPDX-License-Identifier: Apache-2.0
#include "delivery/receipt_book.hpp"

#include <boost/json/serialize.hpp>
#include <chrono>
#include <messenger/secret.hpp>

#include "delivery/document_body.hpp"

namespace messenger::host {

namespace json = boost::json;

namespace {

// Longer than a message may be scheduled ahead.
constexpr std::chrono::milliseconds kept_for = std::chrono::hours(24 * 40);
constexpr unsigned sweep_interval = 100;

MessageState kept(const std::optional<ReceiptRecord>& record) {
  return record ? state_of(body_of(*record)) : MessageState{};
}

// Whether a message is this messenger's, and not known at its provider under another id.
bool is_of(Transaction& transaction, const std::string& message_id, const std::string& messenger_id,
           const std::string& provider_id) {
  auto message = message_id.empty() ? std::nullopt : transaction.outbox.find(message_id);
  if (!message) {
    return false;
  }
  wipe(message->content);
  return message->messenger_id == messenger_id && (message->provider_id.empty() || message->provider_id == provider_id);
}

}  // namespace

void ReceiptBook::hold(Transaction& transaction, const std::string& messenger_id, const std::string& provider_id) {
  transaction.receipts.lock(messenger_id, provider_id);
}

std::optional<MessageState> ReceiptBook::note_sent(Transaction& transaction, const std::string& messenger_id,
                                                   const std::string& provider_id, const std::string& message_id) {
  MessageState state = kept(transaction.receipts.find(messenger_id, provider_id));
  if (!state.message_id.empty() && state.message_id != message_id) {
    return std::nullopt;
  }
  state.message_id = message_id;
  if (state.status == loader::Status::other) {
    state.status = loader::Status::accepted;
  }
  put(transaction, messenger_id, provider_id, state);
  return state;
}

std::optional<MessageState> ReceiptBook::take_in(Transaction& transaction, const std::string& messenger_id,
                                                 const loader::Receipt& receipt, const std::string& message_id) {
  MessageState state = kept(transaction.receipts.find(messenger_id, receipt.provider_id));
  if (!host::take_in(state, receipt)) {
    return std::nullopt;
  }
  if (state.message_id.empty() && is_of(transaction, message_id, messenger_id, receipt.provider_id)) {
    state.message_id = message_id;
  }
  put(transaction, messenger_id, receipt.provider_id, state);
  return state;
}

void ReceiptBook::put(Transaction& transaction, const std::string& messenger_id, const std::string& provider_id,
                      const MessageState& state) {
  transaction.receipts.put(messenger_id, provider_id, json::serialize(to_json(state)));
  if (written_.fetch_add(1) % sweep_interval == 0) {
    transaction.receipts.sweep(now_ms() - kept_for.count());
  }
}

std::optional<json::object> ReceiptBook::find(const std::string& messenger_id, const std::string& provider_id) {
  const auto record =
      store_.read([&](Transaction& transaction) { return transaction.receipts.find(messenger_id, provider_id); });
  if (!record) {
    return std::nullopt;
  }
  const MessageState state = kept(record);
  json::object found = to_json(state);
  found["messengerId"] = messenger_id;
  found["providerId"] = provider_id;
  found["final"] = is_final(state.status);
  found["insertInstant"] = record->insert_instant;
  found["lastUpdateInstant"] = record->last_update_instant;
  return found;
}

}  // namespace messenger::host
