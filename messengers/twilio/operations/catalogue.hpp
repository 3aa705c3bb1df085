// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/operations.hpp>

#include <span>

#include "twilio/operations/entry.hpp"

namespace messenger::twilio {

/// Every operation, in the order of msgr_call.index.
std::span<const Entry> catalogue() noexcept;

/// The same as a host sees it, with its JSON Schemas.
Operations catalogue_for_hosts();

}  // namespace messenger::twilio
