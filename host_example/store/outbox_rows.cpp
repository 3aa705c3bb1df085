// SPDX-License-Identifier: Apache-2.0
#include "store/outbox_rows.hpp"

#include "store/store_error.hpp"

namespace messenger::host {

namespace {

// No text = none was sealed, or it was wiped.
std::string opened(const Sealing& sealing, const std::string& id, std::string_view part, const std::string& sealed) {
  return sealed.empty() ? std::string() : sealing.open(message_place(id, part), sealed);
}

}  // namespace

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
  try {
    message.envelope = sealing.open(message_place(message.id, "envelope"), envelope);
    message.content = opened(sealing, message.id, "content", content);
    message.progress = opened(sealing, message.id, "progress", progress);
  } catch (const StoreError&) {
    message.envelope.clear();
    message.content.clear();
    message.is_readable = false;
  }
  return message;
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
