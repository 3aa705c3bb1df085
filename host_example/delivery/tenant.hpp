// SPDX-License-Identifier: Apache-2.0
// The one tenant of this host.
#pragma once

#include "delivery/tenant_settings.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// Makes the tenant "Default" with a random id where there is none yet. To be called once at every start.
void ensure_tenant(Store& store);

/// Throws StoreError when ensure_tenant was never called.
Document find_tenant(Transaction& transaction);

/// Of that tenant, as they are now.
TenantSettings current_settings(Transaction& transaction);

}  // namespace messenger::host
