// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace messenger::twilio {

/// The country, ISO 3166-1 alpha-2, whose numbers begin as this E.164 number does; empty when no country's do. Of
/// countries that share a code without an area of their own (GB and its islands) it is the largest.
std::string_view country_of(std::string_view e164) noexcept;

}  // namespace messenger::twilio
