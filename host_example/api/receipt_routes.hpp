// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "api/route.hpp"
#include "delivery/receipt_intake.hpp"

namespace messenger::host {

/// /api/messenger/{messengerId}/receipt, where providers tell what became of messages, and …/{providerId}, which says
/// what is known of one. `intake` outlives the routes.
std::vector<Route> receipt_routes(ReceiptIntake& intake, std::function<void(ReceiptIntake::Verdict)> observe = {});

}  // namespace messenger::host
