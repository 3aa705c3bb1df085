// SPDX-License-Identifier: Apache-2.0
// What is due in the outbox: attempts, lifetimes, leases and looks.
#include <algorithm>

#include "store/outbox_rows.hpp"
#include "store/sql.hpp"
#include "store/tables.hpp"

namespace messenger::host {

namespace {

using Changed = std::tuple<std::int64_t, std::string, std::int64_t, std::string>;
const std::string changed = "ordinal, id, attempts, messenger_id";

// Changes up to :most messages that no other unit holds. The condition is an index's, with its order.
std::string change_some(const Dialect& dialect, const std::string& condition, const std::string& assignments,
                        const std::string& columns) {
  return "WITH taken AS MATERIALIZED (SELECT ordinal FROM message WHERE " + condition + " LIMIT :most" +
         std::string(dialect.skip_locked) + ") UPDATE message SET " + assignments +
         " WHERE ordinal IN (SELECT ordinal FROM taken) RETURNING " + columns;
}

std::int64_t rows_of(std::size_t most) {
  return static_cast<std::int64_t>(std::min<std::size_t>(most, 1'000'000));
}

}  // namespace

// From lane to lane, each by one look into the index, however many messages are in it.
std::vector<LaneHead> SqlOutbox::lanes() {
  std::vector<LaneHead> heads;
  for (const auto& [lane, due] : query<std::string, std::int64_t>(
           connection_,
           "WITH RECURSIVE head (lane) AS (SELECT (SELECT lane FROM message WHERE stage = 'queued' AND attempts >= 0"
           " ORDER BY lane LIMIT 1) UNION ALL SELECT (SELECT message.lane FROM message WHERE message.stage = 'queued'"
           " AND message.attempts >= 0 AND message.lane > head.lane ORDER BY message.lane LIMIT 1)"
           " FROM head WHERE head.lane IS NOT NULL)"
           " SELECT head.lane, COALESCE((SELECT message.due FROM message WHERE message.stage = 'queued'"
           " AND message.attempts >= 0 AND message.lane = head.lane ORDER BY message.due LIMIT 1), 0)"
           " FROM head WHERE head.lane IS NOT NULL ORDER BY head.lane")) {
    heads.push_back(to_lane_head(lane, due));
  }
  return heads;
}

// A messenger that the route names is known before the attempt; another is named by assign().
std::vector<OutboxMessage> SqlOutbox::lease(const std::string& lane, std::size_t most, std::int64_t now,
                                            const Lease& lease) {
  static const std::string reason = "An attempt begins.";
  auto messages = to_messages(
      query_rows<MessageRow>(
          connection_,
          change_some(
              connection_.dialect(),
              "stage = 'queued' AND attempts >= 0 AND lane = :lane AND due <= :now AND expires > :expires"
              " ORDER BY due, ordinal",
              "stage = 'leased', attempts = attempts + 1, looks = 0, lease_holder = :holder, lease_until = :until,"
              " messenger_id = :messenger, reason = :reason, last_update_instant = :updated",
              message_columns),
          lane, now, now, rows_of(most), lease.holder, lease.until, messenger_of_route(to_lane_head(lane, 0).route),
          reason, now),
      sealing_);
  if (!messages.empty()) {
    execute(connection_,
            "INSERT INTO message_change (message, instant, stage, attempt, messenger_id, outcome, reason)"
            " SELECT ordinal, last_update_instant, stage, attempts, messenger_id, '', reason FROM message"
            " WHERE stage = 'leased' AND lease_holder <> '' AND lease_holder = :holder AND lane = :lane",
            lease.holder, lane);
  }
  std::sort(messages.begin(), messages.end(), [](const OutboxMessage& left, const OutboxMessage& right) {
    return std::tie(left.due, left.ordinal) < std::tie(right.due, right.ordinal);
  });
  return messages;
}

void SqlOutbox::release(const std::string& holder, std::int64_t now) {
  static const std::string reason = "Given back before its attempt began.";
  for (const auto& [ordinal, attempts, cancel_requested, secret] :
       query<std::int64_t, std::int64_t, std::int64_t, std::int64_t>(
           connection_,
           "UPDATE message SET stage = 'queued', attempts = attempts - 1, lease_holder = '', lease_until = 0,"
           " reason = :reason, last_update_instant = :now WHERE lease_holder <> '' AND lease_holder = :holder"
           " AND (stage = 'leased' OR (stage = 'unknown' AND looks = 0))"
           " RETURNING ordinal, attempts, cancel_requested, secret",
           reason, now, holder)) {
    write(ordinal, {now, MessageStage::queued, attempts + 1, {}, {}, reason});
    if (cancel_requested != 0) {
      finish(ordinal, secret != 0, {now, MessageStage::cancelled, 0, {}, {}, "Called off before it was sent."});
    }
  }
}

std::vector<std::string> SqlOutbox::expire(std::int64_t now, std::size_t most) {
  static const std::string reason = "Its lifetime ended before it was sent.";
  std::vector<std::string> ids;
  for (const auto& [ordinal, id, attempts, messenger] : query_rows<Changed>(
           connection_,
           change_some(connection_.dialect(), "stage = 'queued' AND looks >= 0 AND expires <= :now ORDER BY expires",
                       "stage = 'expired', reason = :reason, last_update_instant = :updated,"
                       " content = CASE WHEN secret = 1 THEN '' ELSE content END",
                       changed),
           now, rows_of(most), reason, now)) {
    write(ordinal, {now, MessageStage::expired, 0, {}, {}, reason});
    ids.push_back(id);
  }
  return ids;
}

// Its holder stays: should it have begun nothing, release() still takes the message back.
std::vector<std::string> SqlOutbox::end_leases(std::int64_t now, std::size_t most) {
  static const std::string reason = "Its lease ended before its outcome was recorded; it may have been sent.";
  std::vector<std::string> ids;
  for (const auto& [ordinal, id, attempts, messenger] : query_rows<Changed>(
           connection_,
           change_some(connection_.dialect(),
                       "stage = 'leased' AND lease_until > 0 AND lease_until <= :now ORDER BY lease_until",
                       "stage = 'unknown', due = :due, reason = :reason, lease_until = 0,"
                       " last_update_instant = :updated",
                       changed),
           now, rows_of(most), now, reason, now)) {
    write(ordinal, {now, MessageStage::unknown, attempts, messenger, {}, reason});
    ids.push_back(id);
  }
  return ids;
}

std::vector<OutboxMessage> SqlOutbox::take_looks(std::int64_t now, std::size_t most, std::int64_t again) {
  return to_messages(query_rows<MessageRow>(connection_,
                                            change_some(connection_.dialect(),
                                                        "stage = 'unknown' AND due > 0 AND due <= :now ORDER BY due",
                                                        "looks = looks + 1, due = :again", message_columns),
                                            now, rows_of(most), again),
                     sealing_);
}

OutboxTimes SqlOutbox::times() {
  const auto rows = query<std::int64_t, std::int64_t, std::int64_t>(
      connection_,
      "SELECT COALESCE((SELECT expires FROM message WHERE stage = 'queued' AND looks >= 0"
      " ORDER BY expires LIMIT 1), 0), COALESCE((SELECT lease_until FROM message WHERE stage = 'leased'"
      " AND lease_until > 0 ORDER BY lease_until LIMIT 1), 0), COALESCE((SELECT due FROM message"
      " WHERE stage = 'unknown' AND due > 0 ORDER BY due LIMIT 1), 0)");
  const auto& [expiry, lease_end, look] = rows.at(0);
  return {expiry, lease_end, look};
}

bool SqlOutbox::assign(const std::string& id, std::int64_t attempt, const std::string& messenger_id) {
  return execute(connection_,
                 "UPDATE message SET messenger_id = :messenger WHERE id = :id AND attempts = :attempt"
                 " AND stage = 'leased'",
                 messenger_id, id, attempt) == 1;
}

}  // namespace messenger::host
