// SPDX-License-Identifier: Apache-2.0
// What is due in the outbox: attempts, lifetimes, leases and looks.
#include <algorithm>

#include "store/change_history.hpp"
#include "store/outbox_rows.hpp"
#include "store/sql.hpp"
#include "store/tables.hpp"

namespace messenger::host {

namespace {

// Changes up to :most messages that no other unit holds. The condition is an index's, with its order.
std::string change_some(const Dialect& dialect, const std::string& condition, const std::string& assignments,
                        const std::string& columns) {
  return "WITH taken AS MATERIALIZED (SELECT ordinal FROM message WHERE " + condition + " LIMIT :most" +
         std::string(dialect.skip_locked) + ") UPDATE message SET " + assignments +
         " WHERE ordinal IN (SELECT ordinal FROM taken) RETURNING " + columns;
}

std::string first_expiry(Priority priority) {
  return "SELECT (SELECT expires FROM message WHERE stage = 'queued' AND looks >= 0 AND priority = " +
         std::to_string(static_cast<int>(priority)) + " ORDER BY expires LIMIT 1) AS expires";
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
std::vector<LeasedMessage> SqlOutbox::lease(const std::string& lane, std::size_t most, std::int64_t now,
                                            const Lease& lease) {
  const LaneHead head = to_lane_head(lane, 0);
  std::vector<LeasedMessage> leased;
  for (LeasedRow& row : query_rows<LeasedRow>(
           connection_,
           change_some(
               connection_.dialect(),
               "stage = 'queued' AND attempts >= 0 AND lane = :lane AND due <= :now AND expires > :expires"
               " ORDER BY due, ordinal",
               "stage = 'leased', attempts = attempts + 1, looks = 0, lease_holder = :holder, lease_until = :until,"
               " messenger_id = :messenger, reason = :reason, last_update_instant = :updated,"
               " history = history || :head || CAST(attempts + 1 AS TEXT) || :tail",
               leased_columns),
           lane, now, now, rows_of(most), lease.holder, lease.until, messenger_of_route(head.route),
           std::string(begins_reason), now, begin_line_head(now), begin_line_tail())) {
    leased.push_back(to_leased_message(std::move(row), head, lease, now, sealing_));
  }
  std::sort(leased.begin(), leased.end(), [](const LeasedMessage& left, const LeasedMessage& right) {
    return std::tie(left.message.due, left.message.ordinal) < std::tie(right.message.due, right.message.ordinal);
  });
  return leased;
}

// Found among all that are leased, or in doubt: it is rare, and an index for it would cost every message.
void SqlOutbox::release(const std::string& holder, std::int64_t now) {
  static const std::string reason = "Given back before its attempt began.";
  const auto line = history_line({now, MessageStage::queued, 0, {}, {}, reason});
  const auto number = line.find("\t0\t") + 1;
  for (const std::string where :
       {"stage = 'leased' AND lease_until > 0", "stage = 'unknown' AND due > 0 AND looks = 0"}) {
    for (const auto& [ordinal, cancel_requested, secret] : query<std::int64_t, std::int64_t, std::int64_t>(
             connection_,
             "UPDATE message SET stage = 'queued', attempts = attempts - 1, lease_holder = '', lease_until = 0,"
             " reason = :reason, last_update_instant = :now,"
             " history = history || :head || CAST(attempts AS TEXT) || :tail WHERE " +
                 where + " AND lease_holder = :holder RETURNING ordinal, cancel_requested, secret",
             reason, now, line.substr(0, number), line.substr(number + 1), holder)) {
      if (cancel_requested != 0) {
        finish(ordinal, secret != 0, {now, MessageStage::cancelled, 0, {}, {}, "Called off before it was sent."});
      }
    }
  }
}

std::vector<std::string> SqlOutbox::expire(std::int64_t now, std::size_t most) {
  static const std::string reason = "Its lifetime ended before it was sent.";
  std::vector<std::string> ids;
  for (const Priority priority : {Priority::code, Priority::notice, Priority::bulk}) {
    for (auto& [id] : query<std::string>(
             connection_,
             change_some(
                 connection_.dialect(),
                 "stage = 'queued' AND looks >= 0 AND priority = :priority AND expires <= :now ORDER BY expires",
                 "stage = 'expired', reason = :reason, last_update_instant = :updated,"
                 " content = CASE WHEN secret = 1 THEN '' ELSE content END, history = history || :line",
                 "id"),
             static_cast<std::int64_t>(priority), now, rows_of(most - ids.size()), reason, now,
             history_line({now, MessageStage::expired, 0, {}, {}, reason}))) {
      ids.push_back(std::move(id));
    }
  }
  count(MessageStage::expired, now, ids.size());
  return ids;
}

// Its holder stays: should it have begun nothing, release() still takes the message back.
std::vector<std::string> SqlOutbox::end_leases(std::int64_t now, std::size_t most) {
  static const std::string reason = "Its lease ended before its outcome was recorded; it may have been sent.";
  const auto line = history_line({now, MessageStage::unknown, 0, {}, {}, reason});
  const auto number = line.find("\t0\t") + 1;
  std::vector<std::string> ids;
  for (auto& [id] : query<std::string>(
           connection_,
           change_some(connection_.dialect(),
                       "stage = 'leased' AND lease_until > 0 AND lease_until <= :now ORDER BY lease_until",
                       "stage = 'unknown', due = :due, reason = :reason, lease_until = 0,"
                       " last_update_instant = :updated, history = history || :head || CAST(attempts AS TEXT)"
                       " || :tab || messenger_id || :tail",
                       "id"),
           now, rows_of(most), now, reason, now, line.substr(0, number), std::string("\t"), line.substr(number + 2))) {
    ids.push_back(std::move(id));
  }
  count(MessageStage::unknown, now, ids.size());
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
      connection_, "SELECT COALESCE((SELECT min(expires) FROM (" + first_expiry(Priority::code) + " UNION ALL " +
                       first_expiry(Priority::notice) + " UNION ALL " + first_expiry(Priority::bulk) +
                       ") AS first), 0), COALESCE((SELECT lease_until FROM message WHERE stage = 'leased'"
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
