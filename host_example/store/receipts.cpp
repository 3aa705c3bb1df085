// SPDX-License-Identifier: Apache-2.0
#include "store/receipts.hpp"

#include "store/sql.hpp"
#include "store/store.hpp"
#include "store/tables.hpp"

namespace messenger::host {

namespace {

std::string place(const std::string& messenger_id, const std::string& provider_id) {
  return "receipt/" + messenger_id + "/" + provider_id;
}

}  // namespace

void SqlReceipts::lock(std::string_view messenger_id, std::string_view provider_id) {
  connection_.hold(place(std::string(messenger_id), std::string(provider_id)));
}

std::optional<ReceiptRecord> SqlReceipts::find(std::string_view messenger_id, std::string_view provider_id) {
  const std::string messenger(messenger_id);
  const std::string provider(provider_id);
  for (const auto& [body, inserted, updated] :
       query<std::string, std::int64_t, std::int64_t>(connection_,
                                                      "SELECT body, insert_instant, last_update_instant FROM receipt"
                                                      " WHERE messenger_id = :messenger AND provider_id = :provider",
                                                      messenger, provider)) {
    return ReceiptRecord{messenger, provider, sealing_.open(place(messenger, provider), body), inserted, updated};
  }
  return std::nullopt;
}

void SqlReceipts::put(std::string_view messenger_id, std::string_view provider_id, std::string_view body) {
  const std::string messenger(messenger_id);
  const std::string provider(provider_id);
  const std::int64_t now = now_ms();
  execute(connection_,
          "INSERT INTO receipt (messenger_id, provider_id, body, insert_instant, last_update_instant)"
          " VALUES (:messenger, :provider, :body, :inserted, :updated)"
          " ON CONFLICT (messenger_id, provider_id) DO UPDATE SET body = excluded.body,"
          " last_update_instant = excluded.last_update_instant",
          messenger, provider, sealing_.seal(place(messenger, provider), body), now, now);
}

void SqlReceipts::sweep(std::int64_t before) {
  execute(connection_, "DELETE FROM receipt WHERE last_update_instant < :before", before);
}

}  // namespace messenger::host
