// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <messenger/loader/message.hpp>
#include <optional>

#include "delivery/masking.hpp"
#include "delivery/recording_http.hpp"

namespace messenger::host {

/// How a test ended, as its answer shows it: masked, valid UTF-8, and of each body 16 KiB at most.
boost::json::object test_report(const loader::Result& result, std::chrono::milliseconds elapsed,
                                const std::optional<Exchange>& exchange, const Masker& masker);

}  // namespace messenger::host
