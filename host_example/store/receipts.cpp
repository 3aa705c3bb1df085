// SPDX-License-Identifier: Apache-2.0
#include "store/receipts.hpp"

#include "store/row_groups.hpp"
#include "store/sql.hpp"
#include "store/store.hpp"
#include "store/tables.hpp"

namespace messenger::host {

namespace {

std::string place(const ProviderKey& key) {
  return "receipt/" + key.messenger_id + "/" + key.provider_id;
}

}  // namespace

void SqlReceipts::lock(std::span<const ProviderKey> keys) {
  std::vector<std::string> names;
  names.reserve(keys.size());
  for (const ProviderKey& key : keys) {
    names.push_back(place(key));
  }
  connection_.hold(names);
}

std::vector<ReceiptRecord> SqlReceipts::find(std::span<const ProviderKey> keys) {
  std::vector<ReceiptRecord> records;
  in_padded_groups(keys, [&](std::span<const ProviderKey> group) {
    std::vector<std::string> values;
    for (const ProviderKey& key : group) {
      values.insert(values.end(), {key.messenger_id, key.provider_id});
    }
    const auto rows = query<std::string, std::string, std::string, std::int64_t, std::int64_t>(
        connection_,
        "SELECT messenger_id, provider_id, body, insert_instant, last_update_instant FROM receipt"
        " WHERE (messenger_id, provider_id) IN (VALUES " +
            placeholders(group.size(), 2) + ")",
        values);
    const auto given = rows.empty() ? std::map<ProviderKey, ProviderKey>() : by_kept_key(connection_, group);
    for (const auto& [messenger, provider, body, inserted, updated] : rows) {
      const ProviderKey& key = given.at({messenger, provider});
      records.push_back({key.messenger_id, key.provider_id, sealing_.open(place(key), body), inserted, updated});
    }
  });
  return records;
}

void SqlReceipts::put(const ProviderKey& key, std::string_view body, std::int64_t insert_instant) {
  const std::int64_t now = now_ms();
  execute(connection_,
          "INSERT INTO receipt (messenger_id, provider_id, body, insert_instant, last_update_instant)"
          " VALUES (:messenger, :provider, :body, :inserted, :updated)"
          " ON CONFLICT (messenger_id, provider_id) DO UPDATE SET body = excluded.body,"
          " last_update_instant = excluded.last_update_instant",
          key.messenger_id, key.provider_id, sealing_.seal(place(key), body),
          insert_instant == 0 ? now : insert_instant, now);
}

void SqlReceipts::sweep(std::int64_t before) {
  execute(connection_, "DELETE FROM receipt WHERE last_update_instant < :before", before);
}

}  // namespace messenger::host
