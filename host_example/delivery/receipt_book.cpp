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

// Of a message of the outbox whose receipts, if there were any, are forgotten.
loader::Status status_by(MessageStage stage) noexcept {
  switch (stage) {
    case MessageStage::delivered:
      return loader::Status::delivered;
    case MessageStage::undelivered:
      return loader::Status::undelivered;
    case MessageStage::failed:
      return loader::Status::failed;
    case MessageStage::cancelled:
      return loader::Status::canceled;
    case MessageStage::queued:
    case MessageStage::leased:
    case MessageStage::sent:
    case MessageStage::unknown:
    case MessageStage::expired:
      break;
  }
  return loader::Status::accepted;
}

KnownState known_of(Transaction& transaction, const ProviderKey& key) {
  auto known = ReceiptBook::known(transaction, {&key, 1});
  return known.empty() ? KnownState{} : std::move(known.begin()->second);
}

}  // namespace

void ReceiptBook::hold(Transaction& transaction, std::span<const ProviderKey> keys) {
  transaction.receipts.lock(keys);
}

ReceiptBook::Known ReceiptBook::known(Transaction& transaction, std::span<const ProviderKey> keys) {
  Known known;
  for (const KnownMessage& message : transaction.outbox.find_by_provider_ids(keys)) {
    known[message.key] = {
        {message.id, status_by(message.stage)}, false, message.last_update_instant, message.last_update_instant};
  }
  for (const ReceiptRecord& record : transaction.receipts.find(keys)) {
    known[{record.messenger_id, record.provider_id}] = {state_of(body_of(record)), true, record.insert_instant,
                                                        record.last_update_instant};
  }
  return known;
}

const KnownState* ReceiptBook::claim(Known& known, const ProviderKey& key, const std::string& message_id) {
  KnownState& one = known[key];
  if (!one.state.message_id.empty() && one.state.message_id != message_id) {
    return nullptr;
  }
  one.state.message_id = message_id;
  if (one.state.status == loader::Status::other) {
    one.state.status = loader::Status::accepted;
  }
  return &one;
}

void ReceiptBook::put(Transaction& transaction, const ProviderKey& key, const KnownState& known) {
  transaction.receipts.put(key, json::serialize(to_json(known.state)), known.insert_instant);
  if (written_.fetch_add(1) % sweep_interval == 0) {
    transaction.receipts.sweep(now_ms() - kept_for.count());
  }
}

bool ReceiptBook::note_sent(Transaction& transaction, const ProviderKey& key, const std::string& message_id) {
  Known all = known(transaction, {&key, 1});
  const KnownState* const claimed = claim(all, key, message_id);
  if (claimed != nullptr) {
    put(transaction, key, *claimed);
  }
  return claimed != nullptr;
}

std::optional<MessageState> ReceiptBook::take_in(Transaction& transaction, const std::string& messenger_id,
                                                 const loader::Receipt& receipt, const std::string& message_id) {
  const ProviderKey key{messenger_id, receipt.provider_id};
  KnownState known = known_of(transaction, key);
  if (!host::take_in(known.state, receipt)) {
    return std::nullopt;
  }
  if (known.state.message_id.empty() && is_of(transaction, message_id, messenger_id, receipt.provider_id)) {
    known.state.message_id = message_id;
  }
  put(transaction, key, known);
  return known.state;
}

std::optional<json::object> ReceiptBook::find(const std::string& messenger_id, const std::string& provider_id) {
  const auto known = store_.read([&](Transaction& transaction) {
    return known_of(transaction, {messenger_id, provider_id});
  });
  if (known.insert_instant == 0) {
    return std::nullopt;
  }
  json::object found = to_json(known.state);
  found["messengerId"] = messenger_id;
  found["providerId"] = provider_id;
  found["final"] = is_final(known.state.status);
  found["insertInstant"] = known.insert_instant;
  found["lastUpdateInstant"] = known.last_update_instant;
  return found;
}

}  // namespace messenger::host
