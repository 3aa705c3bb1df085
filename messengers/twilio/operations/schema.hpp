// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "twilio/operations/entry.hpp"

namespace messenger::twilio {

/// The JSON Schema (2020-12) of an operation's input.
std::string input_schema(const Entry& entry);

/// The JSON Schema (2020-12) of each of its outputs; empty when it has none. What Twilio adds to its objects is
/// allowed.
std::string output_schema(const Entry& entry);

}  // namespace messenger::twilio
