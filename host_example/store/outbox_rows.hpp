// SPDX-License-Identifier: Apache-2.0
// Rows of the outbox's tables.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "store/outbox.hpp"
#include "store/sealing.hpp"

namespace messenger::host {

/// What is selected of a message, in the order of MessageRow.
inline const std::string message_columns =
    "ordinal, id, lane, priority, stage, envelope, content, secret, due, expires, attempts, looks, lease_until,"
    " progress, cancel_requested, messenger_id, provider_id, reason, insert_instant, last_update_instant";

using MessageRow =
    std::tuple<std::int64_t, std::string, std::string, std::int64_t, std::string, std::string, std::string,
               std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::string,
               std::int64_t, std::string, std::string, std::string, std::int64_t, std::int64_t>;

/// One that was changed behind the host's back, or moved from another row, is given without what was sealed of it: it
/// must not hold up the others.
OutboxMessage to_message(MessageRow&& row, const Sealing& sealing);

/// What is asked of a message that was leased: the rest follows from its lease. In the order of LeasedRow.
inline const std::string leased_columns =
    "ordinal, id, envelope, content, secret, due, expires, attempts, progress, insert_instant";

using LeasedRow = std::tuple<std::int64_t, std::string, std::string, std::string, std::int64_t, std::int64_t,
                             std::int64_t, std::int64_t, std::string, std::int64_t>;

LeasedMessage to_leased_message(LeasedRow&& row, const LaneHead& lane, const Lease& lease, std::int64_t now,
                                const Sealing& sealing);
/// As to_message() does.
OutboxMessage opened_message(LeasedMessage&& leased, const Sealing& sealing);
std::vector<OutboxMessage> to_messages(std::vector<MessageRow>&& rows, const Sealing& sealing);

SealedMessage sealed_message(const NewMessage& message, const Sealing& sealing);
/// By which a number is searched for.
std::string destination_digest(const std::string& destination, const Sealing& sealing);

/// Throws StoreError for a stage that this program does not know.
MessageStage kept_stage(const std::string& name);

/// Where parts of a message are sealed: "envelope", "content", "progress".
std::string message_place(const std::string& id, std::string_view part);

/// The lane of a message, and what it says. Lanes are in order of priority.
std::string to_lane(Priority priority, const std::string& tenant_id, const std::string& route);
LaneHead to_lane_head(const std::string& lane, std::int64_t due);

}  // namespace messenger::host
