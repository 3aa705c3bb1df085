// SPDX-License-Identifier: Apache-2.0
#include "store_costs/store_costs.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "delivery/message_content.hpp"
#include "delivery/receipt_book.hpp"
#include "runtime/uuid_text.hpp"

namespace messenger::benchmark {

using namespace host;

namespace {

constexpr std::int64_t day = 86'400'000;
constexpr std::size_t fill_group = 1'000;
constexpr std::size_t tenants = 16;

std::string lane_name(Priority priority, const std::string& tenant_id, const std::string& messenger_id) {
  return std::to_string(static_cast<int>(priority)) + "|" + tenant_id + "|" + messenger_route(messenger_id);
}

}  // namespace

StoreCosts::StoreCosts(Store& store, Messengers messengers, const Meter& meter)
    : store_(store), messengers_(std::move(messengers)), meter_(meter) {}

void StoreCosts::fill(std::size_t messages) {
  const std::int64_t now = now_ms();
  add_many(lane_of(Sent::campaign), messages / 2, now);
  add_many(lane_of(Sent::ahead), messages * 3 / 8, now + day);
  for (std::size_t i = 0; i < tenants; ++i) {
    add_many({Priority::notice, new_uuid(), messengers_.campaign}, messages / 8 / tenants, now + day);
  }
}

void StoreCosts::run(Sent sent, std::size_t messages, std::size_t group) {
  const Lane lane = lane_of(sent);
  for (std::size_t done = 0; done < messages; done += group) {
    meter_.run(accepted, [&] { add(lane, group, now_ms()); });
    std::vector<OutboxMessage> taken;
    meter_.run(leased, [&] { taken = lease(lane, group); });
    if (taken.size() != group) {
      throw std::runtime_error("Not all of the group was leased.");
    }
    const auto updates = updates_of(taken);
    meter_.run(recorded, [&] { record(updates); });
  }
}

StoreCosts::Lane StoreCosts::lane_of(Sent sent) const {
  switch (sent) {
    case Sent::codes:
      return {Priority::code, {}, messengers_.codes};
    case Sent::ahead:
      return {Priority::bulk, {}, messengers_.codes};
    case Sent::campaign:
      break;
  }
  return {Priority::notice, {}, messengers_.campaign};
}

NewMessage StoreCosts::message(const Lane& lane, std::int64_t due) {
  OutgoingMessage outgoing;
  outgoing.to = "+1555" + std::to_string(1'000'000 + chance_() % 9'000'000);
  outgoing.locale = "en";
  outgoing.request_id = new_uuid();
  outgoing.body = std::string(100, 'x');
  outgoing.attributes = {{"userId", new_uuid()}};
  NewMessage message;
  message.id = new_ordered_uuid();
  message.tenant_id = lane.tenant_id;
  message.route = messenger_route(lane.messenger_id);
  message.priority = lane.priority;
  message.destination = outgoing.to;
  message.envelope = envelope_text(outgoing, {});
  message.content = content_text(outgoing);
  message.due = due;
  message.expires = due + 2 * day;
  message.request_digest = store_.digest("message request", message.content);
  return message;
}

void StoreCosts::add(const Lane& lane, std::size_t count, std::int64_t due) {
  std::vector<SealedMessage> messages;
  messages.reserve(count);
  for (std::size_t i = 0; i != count; ++i) {
    messages.push_back(store_.seal(message(lane, due)));
  }
  store_.transact([&](Transaction& transaction) { transaction.outbox.add(messages); }, Sharing::rows);
}

void StoreCosts::add_many(const Lane& lane, std::size_t count, std::int64_t due) {
  for (std::size_t done = 0; done < count; done += fill_group) {
    add(lane, std::min(fill_group, count - done), due);
  }
}

std::vector<OutboxMessage> StoreCosts::lease(const Lane& lane, std::size_t group) {
  const std::string holder = new_uuid();
  std::vector<OutboxMessage> messages;
  for (LeasedMessage& one : store_.with(
           [&](Transaction& transaction) {
             return transaction.outbox.lease(lane_name(lane.priority, lane.tenant_id, lane.messenger_id), group,
                                             now_ms(), {holder, now_ms() + day});
           },
           Sharing::rows)) {
    messages.push_back(store_.open(std::move(one)));
  }
  return messages;
}

std::vector<MessageUpdate> StoreCosts::updates_of(const std::vector<OutboxMessage>& taken) const {
  std::vector<MessageUpdate> updates;
  for (const OutboxMessage& message : taken) {
    MessageUpdate update;
    update.id = message.id;
    update.change = {now_ms(), MessageStage::sent,         message.attempts, message.messenger_id,
                     "OK",     "Accepted by the provider."};
    update.provider_id = "SM" + store_.digest("provider", message.id).substr(0, 32);
    updates.push_back(std::move(update));
  }
  return updates;
}

// As the recorder does.
void StoreCosts::record(const std::vector<MessageUpdate>& updates) {
  std::vector<ProviderKey> keys;
  for (const MessageUpdate& update : updates) {
    keys.push_back({update.change.messenger_id, update.provider_id});
  }
  store_.transact(
      [&](Transaction& transaction) {
        ReceiptBook::hold(transaction, keys);
        auto known = ReceiptBook::known(transaction, keys);
        for (std::size_t i = 0; i != keys.size(); ++i) {
          if (ReceiptBook::claim(known, keys[i], updates[i].id) == nullptr) {
            throw std::runtime_error("A provider's id is another message's.");
          }
        }
        const auto counted = transaction.outbox.record(updates);
        if (std::count(counted.begin(), counted.end(), true) != static_cast<std::ptrdiff_t>(updates.size())) {
          throw std::runtime_error("A send was not recorded.");
        }
      },
      Sharing::rows);
}

}  // namespace messenger::benchmark
