// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/message_template_routes.hpp"
#include "api/tenant_routes.hpp"
#include "api/user_routes.hpp"
#include "database.hpp"
#include "delivery/tenant.hpp"
#include "router_client.hpp"

namespace messenger::test {

inline const std::string first_id = "00000000-0000-0000-0000-000000000001";
inline const std::string second_id = "00000000-0000-0000-0000-000000000002";

/// The routes of users, templates and the tenant over a store of their own.
struct DocumentRoutes : OpenStore {
  DocumentRoutes() { host::ensure_tenant(store); }

  std::string tenant_id() {
    return store.with([](host::Transaction& transaction) { return host::find_tenant(transaction).id; });
  }
  std::string tenant_path() { return "/api/tenant/" + tenant_id(); }

  host::Log log{host::Log::Format::text, loader::LogLevel::error};
  RouterClient api{{host::message_template_routes(store), host::tenant_routes(store), host::user_routes(store)}, log};
};

}  // namespace messenger::test
