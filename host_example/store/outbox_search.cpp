// SPDX-License-Identifier: Apache-2.0
// What can be asked of the outbox.
#include <algorithm>

#include "store/outbox_rows.hpp"
#include "store/sql.hpp"
#include "store/tables.hpp"

namespace messenger::host {

namespace {

const std::string select_message = "SELECT " + message_columns + " FROM message ";

// A condition, and what it binds: texts first.
struct Filter {
  std::string sql = "WHERE 1 = 1";
  std::vector<std::string> texts = {};
  std::vector<std::int64_t> instants = {};

  void equal(const std::string& column, const std::string& text) {
    if (!text.empty()) {
      sql += " AND " + column + " = :" + column;
      texts.push_back(text);
    }
  }
  void stages(const std::vector<MessageStage>& wanted) {
    std::string list;
    for (const MessageStage stage : wanted) {
      list.append(list.empty() ? "'" : ", '").append(to_string(stage)) += "'";
    }
    sql += list.empty() ? "" : " AND stage IN (" + list + ")";
  }
  void bound(const std::string& comparison, const std::string& name, const std::optional<std::int64_t>& instant) {
    if (instant) {
      sql += " AND insert_instant " + comparison + " :" + name;
      instants.push_back(*instant);
    }
  }
};

}  // namespace

std::optional<OutboxMessage> SqlOutbox::find(std::string_view id) {
  auto found =
      to_messages(query_rows<MessageRow>(connection_, select_message + "WHERE id = :id", std::string(id)), sealing_);
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::optional<OutboxMessage> SqlOutbox::find_by_provider_id(std::string_view messenger_id,
                                                            std::string_view provider_id) {
  auto found = to_messages(
      query_rows<MessageRow>(connection_,
                             select_message +
                                 "WHERE messenger_id = :messenger AND provider_id = :provider AND provider_id <> ''"
                                 " ORDER BY ordinal LIMIT 1",
                             std::string(messenger_id), std::string(provider_id)),
      sealing_);
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<MessageChange> SqlOutbox::history(std::string_view id) {
  std::vector<MessageChange> changes;
  for (const auto& [instant, stage, attempt, messenger, outcome, reason] :
       query<std::int64_t, std::string, std::int64_t, std::string, std::string, std::string>(
           connection_,
           "SELECT instant, stage, attempt, messenger_id, outcome, reason FROM message_change"
           " WHERE message = (SELECT ordinal FROM message WHERE id = :id) ORDER BY ordinal",
           std::string(id))) {
    changes.push_back({instant, kept_stage(stage), attempt, messenger, outcome, reason});
  }
  return changes;
}

MessagePage SqlOutbox::search(const MessageSearch& search) {
  Filter filter;
  filter.equal("tenant_id", search.tenant_id);
  filter.equal("route", search.route);
  filter.equal("messenger_id", search.messenger_id);
  filter.equal("destination", search.destination.empty() ? "" : destination_digest(search.destination));
  filter.stages(search.stages);
  filter.bound(">=", "start", search.start);
  filter.bound("<=", "end", search.end);
  const auto total =
      query<std::int64_t>(connection_, "SELECT count(*) FROM message " + filter.sql, filter.texts, filter.instants);
  const std::string direction = search.ascending ? " ASC" : " DESC";
  // Few messages of a stage among many others are found in an index, and not by going through all of them in order.
  const std::string order = filter.texts.empty() && !search.stages.empty() ? "+ordinal" : "ordinal";
  auto messages =
      to_messages(query_rows<MessageRow>(
                      connection_,
                      select_message + "WHERE ordinal IN (SELECT ordinal FROM message " + filter.sql + " ORDER BY " +
                          order + direction + " LIMIT :rows OFFSET :start_row) ORDER BY ordinal" + direction,
                      filter.texts, filter.instants, std::max<std::int64_t>(0, search.number_of_results),
                      std::max<std::int64_t>(0, search.start_row)),
                  sealing_);
  return {std::move(messages), std::get<0>(total.at(0))};
}

std::vector<QueueCount> SqlOutbox::counts() {
  std::vector<QueueCount> counts;
  for (const auto& [stage, priority, messages, oldest] : query<std::string, std::int64_t, std::int64_t, std::int64_t>(
           connection_,
           "SELECT stage, priority, count(*), min(insert_instant) FROM message GROUP BY priority, stage"
           " ORDER BY stage, priority")) {
    counts.push_back({kept_stage(stage), static_cast<Priority>(priority), messages, oldest});
  }
  return counts;
}

std::int64_t SqlOutbox::changed_to(MessageStage stage, std::int64_t since) {
  return std::get<0>(query<std::int64_t>(connection_,
                                         "SELECT count(DISTINCT message) FROM message_change"
                                         " WHERE stage = :stage AND instant >= :since",
                                         std::string(to_string(stage)), since)
                         .at(0));
}

std::size_t SqlOutbox::sweep(std::int64_t before, std::size_t most) {
  const auto removed = query<std::int64_t>(
      connection_,
      "DELETE FROM message WHERE ordinal IN (SELECT ordinal FROM message WHERE stage <> 'queued' AND stage <> 'leased'"
      " AND last_update_instant > 0 AND last_update_instant < :before ORDER BY last_update_instant LIMIT :most" +
          skip_locked() + ") RETURNING ordinal",
      before, static_cast<std::int64_t>(std::min<std::size_t>(most, 1'000'000)));
  for (const auto& [ordinal] : removed) {
    execute(connection_, "DELETE FROM message_change WHERE message = :message", ordinal);
  }
  return removed.size();
}

std::string SqlOutbox::destination_digest(const std::string& destination) const {
  return sealing_.digest("destination", destination);
}

}  // namespace messenger::host
