// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <vector>

#include "store/outbox.hpp"

namespace messenger::host {

/// A message of the outbox as an answer shows it: without its text, its number masked. Throws StoreError when its
/// envelope cannot be read.
boost::json::object shown_message(const OutboxMessage& message);

boost::json::array shown_history(const std::vector<MessageChange>& history);

}  // namespace messenger::host
