// SPDX-License-Identifier: Apache-2.0
// What can be asked of the outbox.
#include <algorithm>
#include <array>

#include "store/change_history.hpp"
#include "store/outbox_rows.hpp"
#include "store/row_groups.hpp"
#include "store/sql.hpp"
#include "store/store.hpp"
#include "store/tables.hpp"

namespace messenger::host {

namespace {

const std::string select_message = "SELECT " + message_columns + " FROM message ";

// The conditions of indexes.
const std::string is_queued = "stage = 'queued' AND looks >= 0";
const std::string is_leased = "stage = 'leased' AND lease_until > 0";
const std::string is_settled_row = "stage <> 'queued' AND stage <> 'leased' AND last_update_instant > 0";

constexpr std::array settled_stages{MessageStage::sent,     MessageStage::delivered, MessageStage::undelivered,
                                    MessageStage::failed,   MessageStage::unknown,   MessageStage::expired,
                                    MessageStage::cancelled};

// Of blocks of so many messages, as the index of destinations has them: those of one number are looked up block by
// block, so that what comes in together stands together in the index.
const std::string block = "(ordinal / 512)";
const std::string blocks =
    "WITH RECURSIVE block (number, last) AS (SELECT (SELECT min(ordinal) FROM message) / 512,"
    " (SELECT max(ordinal) FROM message) / 512 UNION ALL SELECT number + 1, last FROM block WHERE number < last)"
    " SELECT number FROM block";

// Each stage's own index can be taken. Of several, SQLite would take none for an OR.
std::string in_stages(const std::vector<MessageStage>& stages) {
  std::string settled;
  std::vector<std::string> conditions;
  for (const MessageStage stage : stages) {
    if (is_settled(stage)) {
      settled.append(settled.empty() ? "'" : ", '").append(to_string(stage)) += "'";
    } else {
      conditions.push_back(stage == MessageStage::queued ? is_queued : is_leased);
    }
  }
  if (!settled.empty()) {
    conditions.push_back("stage IN (" + settled + ") AND " + is_settled_row);
  }
  if (conditions.size() == 1) {
    return conditions.front();
  }
  std::string any;
  for (const std::string& condition : conditions) {
    any.append(any.empty() ? "" : " UNION ALL ").append("SELECT ordinal FROM message WHERE ").append(condition);
  }
  return "ordinal IN (" + any + ")";
}

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
  void destination(const std::string& digest) {
    if (!digest.empty()) {
      sql += " AND " + block + " IN (" + blocks + ")";
      equal("destination", digest);
    }
  }
  // Both are in the lane's name.
  void tenant(const std::string& id) {
    if (!id.empty()) {
      sql += " AND substr(lane, 3, length(:tenant) + 1) = :tenant_end";
      texts.insert(texts.end(), {id, id + "|"});
    }
  }
  void route(const std::string& name) {
    if (!name.empty()) {
      sql += " AND substr(lane, length(lane) - length(:route)) = :route_begin";
      texts.insert(texts.end(), {name, "|" + name});
    }
  }
  void stages(const std::vector<MessageStage>& wanted) {
    sql += wanted.empty() ? "" : " AND (" + in_stages(wanted) + ")";
  }
  void bound(const std::string& comparison, const std::string& name, const std::optional<std::int64_t>& instant) {
    if (instant) {
      sql += " AND insert_instant " + comparison + " :" + name;
      instants.push_back(*instant);
    }
  }
};

constexpr std::int64_t longest_report = 86'400'000;  // ms

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
                                 "WHERE provider_id = :provider AND provider_id <> '' AND messenger_id = :messenger"
                                 " ORDER BY ordinal LIMIT 1",
                             std::string(provider_id), std::string(messenger_id)),
      sealing_);
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

// A list and not VALUES: PostgreSQL, whose numbers may say that no message has such an id yet, would join those with
// all that have one by now.
std::vector<KnownMessage> SqlOutbox::find_by_provider_ids(std::span<const ProviderKey> keys) {
  std::vector<KnownMessage> messages;
  in_padded_groups(keys, [&](std::span<const ProviderKey> group) {
    std::vector<std::string> ids;
    ids.reserve(group.size());
    for (const ProviderKey& key : group) {
      ids.push_back(key.provider_id);
    }
    const auto rows = query<std::string, std::string, std::string, std::string, std::int64_t>(
        connection_,
        "SELECT messenger_id, provider_id, id, stage, last_update_instant FROM message WHERE provider_id <> ''"
        " AND provider_id IN (" +
            placeholders(ids.size(), 1) + ")",
        ids);
    const auto given = rows.empty() ? std::map<ProviderKey, ProviderKey>() : by_kept_key(connection_, group);
    for (const auto& [messenger, provider, id, stage, updated] : rows) {
      if (const auto key = given.find({messenger, provider}); key != given.end()) {
        messages.push_back({key->second, id, kept_stage(stage), updated});
      }
    }
  });
  return messages;
}

std::vector<MessageChange> SqlOutbox::history(std::string_view id) {
  for (const auto& [lane, inserted, history] : query<std::string, std::int64_t, std::string>(
           connection_, "SELECT lane, insert_instant, history FROM message WHERE id = :id", std::string(id))) {
    return read_history(history, inserted, to_lane_head(lane, 0).route);
  }
  return {};
}

MessagePage SqlOutbox::search(const MessageSearch& search) {
  Filter filter;
  filter.tenant(search.tenant_id);
  filter.route(search.route);
  filter.equal("messenger_id", search.messenger_id);
  filter.destination(search.destination.empty() ? "" : destination_digest(search.destination, sealing_));
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

// Each of these goes along an index, whose order groups it.
std::vector<QueueCount> SqlOutbox::counts() {
  std::vector<QueueCount> counts;
  for (const auto* const where : {&is_queued, &is_leased, &is_settled_row}) {
    for (const auto& [stage, priority, messages, oldest] : query<std::string, std::int64_t, std::int64_t, std::int64_t>(
             connection_, "SELECT stage, priority, count(*), min(insert_instant) FROM message WHERE " + *where +
                              " GROUP BY stage, priority")) {
      counts.push_back({kept_stage(stage), static_cast<Priority>(priority), messages, oldest});
    }
  }
  std::sort(counts.begin(), counts.end(), [](const QueueCount& left, const QueueCount& right) {
    return std::pair(to_string(left.stage), left.priority) < std::pair(to_string(right.stage), right.priority);
  });
  return counts;
}

std::int64_t SqlOutbox::changed_to(MessageStage stage, std::int64_t since) {
  return std::get<0>(query<std::int64_t>(connection_,
                                         "SELECT CAST(COALESCE(sum(messages), 0) AS BIGINT) FROM stage_change"
                                         " WHERE stage = :stage AND instant >= :since",
                                         std::string(to_string(stage)), since)
                         .at(0));
}

std::size_t SqlOutbox::sweep_changes(std::int64_t now, std::size_t most) {
  std::size_t removed = 0;
  for (const MessageStage stage : settled_stages) {
    const auto rows = execute(connection_,
                              "DELETE FROM stage_change WHERE stage = :stage AND instant <="
                              " (SELECT max(instant) FROM (SELECT instant FROM stage_change WHERE stage = :same"
                              " AND instant < :before ORDER BY instant LIMIT :most) AS oldest)",
                              std::string(to_string(stage)), std::string(to_string(stage)), now - longest_report,
                              static_cast<std::int64_t>(std::min<std::size_t>(most, 1'000'000)));
    removed = std::max(removed, static_cast<std::size_t>(rows));
  }
  return std::min(removed, most);
}

std::size_t SqlOutbox::sweep(std::int64_t before, std::size_t most) {
  std::size_t removed = 0;
  for (const MessageStage stage : settled_stages) {
    for (const Priority priority : {Priority::code, Priority::notice, Priority::bulk}) {
      removed += static_cast<std::size_t>(execute(
          connection_,
          "WITH taken AS MATERIALIZED (SELECT ordinal FROM message WHERE stage = :stage AND " + is_settled_row +
              " AND priority = :priority AND last_update_instant < :before ORDER BY last_update_instant LIMIT :most" +
              std::string(connection_.dialect().skip_locked) +
              ") DELETE FROM message WHERE ordinal IN (SELECT ordinal FROM taken)",
          std::string(to_string(stage)), static_cast<std::int64_t>(priority), before,
          static_cast<std::int64_t>(std::min<std::size_t>(most - removed, 1'000'000))));
    }
  }
  return removed;
}

}  // namespace messenger::host
