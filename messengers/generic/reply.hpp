// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/http.hpp>

#include <chrono>

namespace messenger::generic {

/// What a receiver's answer means. repeatable: the receiver takes the same Idempotency-Key once, so that an attempt in
/// doubt may be made again. https://fusionauth.io/docs/customize/email-and-messages/generic-messenger
Result classify(const Response& response, bool repeatable, std::chrono::sys_seconds now) noexcept;

}  // namespace messenger::generic
