// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "api/criteria.hpp"
#include "store/outbox.hpp"

namespace messenger::host {

/// What a search for messages may ask for.
std::span<const Criterion> message_criteria();

MessageSearch read_message_search(const Criteria& criteria);

}  // namespace messenger::host
