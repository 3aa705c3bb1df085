// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/criteria.hpp"
#include "store/event_log.hpp"

namespace messenger::host {

/// What an event search may ask for.
std::span<const Criterion> event_criteria();

EventSearch read_event_search(const Criteria& criteria);

}  // namespace messenger::host
