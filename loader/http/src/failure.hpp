// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <curl/curl.h>

#include <cstdint>

namespace messenger::http {

/// The MSGR_HTTP_… class of what libcurl reports.
std::uint32_t failure_of(CURLcode code) noexcept;

}  // namespace messenger::http
