// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace messenger::host {

/// A destination for a log: its last four characters stay, "+15551230001" is "********0001".
std::string masked_number(std::string_view number);

}  // namespace messenger::host
