// SPDX-License-Identifier: Apache-2.0
#include "store/outbox_rows.hpp"

#include "store/change_history.hpp"
#include "store/store_error.hpp"

namespace messenger::host {

namespace {

// Digests of the outbox are as long as is needed for no two to be alike.
constexpr std::size_t digest_size = 32;  // hex digits: 128 bits

std::string digest(const Sealing& sealing, std::string_view purpose, std::string_view text) {
  return sealing.digest(purpose, text).substr(0, digest_size);
}

// No text = none was sealed, or it was wiped.
std::string opened(const Sealing& sealing, const std::string& id, std::string_view part, const std::string& sealed) {
  return sealed.empty() ? std::string() : sealing.open(message_place(id, part), sealed);
}

void open_progress(OutboxMessage& message, const std::string& sealed, const Sealing& sealing) {
  try {
    message.progress = opened(sealing, message.id, "progress", sealed);
  } catch (const StoreError&) {
    message.is_readable = false;
  }
}

}  // namespace

OutboxMessage opened_message(LeasedMessage&& leased, const Sealing& sealing) {
  OutboxMessage message = std::move(leased.message);
  if (!message.is_readable) {
    return message;
  }
  try {
    message.envelope = sealing.open(message_place(message.id, "envelope"), leased.envelope);
    message.content = opened(sealing, message.id, "content", leased.content);
  } catch (const StoreError&) {
    message.envelope.clear();
    message.is_readable = false;
  }
  return message;
}

OutboxMessage to_message(MessageRow&& row, const Sealing& sealing) {
  auto& [ordinal, id, lane, priority, stage, envelope, content, secret, due, expires, attempts, looks, lease_until,
         progress, cancel_requested, messenger_id, provider_id, reason, inserted, updated] = row;
  LaneHead head = to_lane_head(lane, due);
  OutboxMessage message{ordinal,
                        std::move(id),
                        std::move(head.tenant_id),
                        std::move(head.route),
                        static_cast<Priority>(priority),
                        kept_stage(stage),
                        {},
                        {},
                        secret != 0,
                        due,
                        expires,
                        attempts,
                        looks,
                        lease_until,
                        {},
                        cancel_requested != 0,
                        std::move(messenger_id),
                        std::move(provider_id),
                        std::move(reason),
                        inserted,
                        updated};
  open_progress(message, progress, sealing);
  return opened_message({std::move(message), std::move(envelope), std::move(content)}, sealing);
}

LeasedMessage to_leased_message(LeasedRow&& row, const LaneHead& lane, const Lease& lease, std::int64_t now,
                                const Sealing& sealing) {
  auto& [ordinal, id, envelope, content, secret, due, expires, attempts, progress, inserted] = row;
  OutboxMessage message;
  message.ordinal = ordinal;
  message.id = std::move(id);
  message.tenant_id = lane.tenant_id;
  message.route = lane.route;
  message.priority = lane.priority;
  message.stage = MessageStage::leased;
  message.secret = secret != 0;
  message.due = due;
  message.expires = expires;
  message.attempts = attempts;
  message.lease_until = lease.until;
  message.messenger_id = messenger_of_route(lane.route);
  message.reason = begins_reason;
  message.insert_instant = inserted;
  message.last_update_instant = now;
  open_progress(message, progress, sealing);
  return {std::move(message), std::move(envelope), std::move(content)};
}

SealedMessage sealed_message(const NewMessage& message, const Sealing& sealing) {
  const std::string& key = message.idempotency_key;
  return {message,
          sealing.seal(message_place(message.id, "envelope"), message.envelope),
          sealing.seal(message_place(message.id, "content"), message.content),
          destination_digest(message.destination, sealing),
          key.empty() ? std::string() : digest(sealing, "idempotency key", message.tenant_id + "|" + key),
          digest(sealing, "request", message.request_digest)};
}

std::string destination_digest(const std::string& destination, const Sealing& sealing) {
  return digest(sealing, "destination", destination);
}

std::vector<OutboxMessage> to_messages(std::vector<MessageRow>&& rows, const Sealing& sealing) {
  std::vector<OutboxMessage> messages;
  messages.reserve(rows.size());
  for (MessageRow& row : rows) {
    messages.push_back(to_message(std::move(row), sealing));
  }
  return messages;
}

MessageStage kept_stage(const std::string& name) {
  const auto stage = stage_of(name);
  if (!stage) {
    throw StoreError("The database has a stage of a message that this program does not know.");
  }
  return *stage;
}

std::string message_place(const std::string& id, std::string_view part) {
  return "message/" + id + "/" + std::string(part);
}

std::string to_lane(Priority priority, const std::string& tenant_id, const std::string& route) {
  if (tenant_id.find('|') != std::string::npos) {
    throw StoreError("A tenant's id must not have a | in it.");
  }
  return std::to_string(static_cast<int>(priority)) + "|" + tenant_id + "|" + route;
}

LaneHead to_lane_head(const std::string& lane, std::int64_t due) {
  const auto end = lane.find('|', 2);
  if (end == std::string::npos) {
    throw StoreError("The database has a lane of messages that this program does not know.");
  }
  return {lane, static_cast<Priority>(lane.front() - '0'), lane.substr(2, end - 2), lane.substr(end + 1), due};
}

}  // namespace messenger::host
