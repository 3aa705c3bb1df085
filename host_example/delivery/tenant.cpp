// SPDX-License-Identifier: Apache-2.0
#include "delivery/tenant.hpp"

#include "delivery/document_body.hpp"
#include "runtime/json_text.hpp"
#include "runtime/uuid_text.hpp"

namespace messenger::host {

namespace json = boost::json;

void ensure_tenant(Store& store) {
  store.transact([](Transaction& transaction) {
    if (transaction.documents.list(Kind::tenant).empty()) {
      const json::object tenant = with_default_settings({{"name", "Default"}});
      transaction.documents.put(Kind::tenant, {new_uuid(), to_sorted_text(tenant), {"Default"}, {}});
    }
  });
}

Document find_tenant(Transaction& transaction) {
  const auto tenants = transaction.documents.list(Kind::tenant);
  if (tenants.empty()) {
    throw StoreError("The database has no tenant.");
  }
  return tenants.front();
}

TenantSettings current_settings(Transaction& transaction) {
  return read_tenant_settings(body_of(find_tenant(transaction)));
}

}  // namespace messenger::host
