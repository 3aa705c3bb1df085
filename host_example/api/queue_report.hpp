// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <vector>

#include "delivery/dispatcher.hpp"
#include "store/store.hpp"

namespace messenger::host {

/// The outbox as an operator wants to see it: {"counts": [{"state", "priority", "messages", "oldestInsertInstant"}],
/// "waiting", "oldestWaitingInstant", "dead", "lastMinute": {"sent": …}, "lastHour": {…}}. `now` is epoch ms.
boost::json::object queue_report(Store& store, std::int64_t now);

/// [{"messengerId", "state", "reason", "retryInstant", "inFlight"}]
boost::json::array circuit_report(const std::vector<CircuitState>& circuits);

/// What was not delivered, or may not have been, and is not tried any more.
std::vector<MessageStage> dead_stages();

/// "closed", "open", "halfOpen"; static storage.
std::string_view to_string(CircuitState::Position position) noexcept;

}  // namespace messenger::host
