// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "twilio/operations/input.hpp"

namespace messenger::twilio {

/// The path of a call. What is put into it has been checked, and needs no percent-encoding.
std::string path_of(const Entry& entry, const Input& input, std::string_view account_sid);

/// What is asked beside the path, as a form: the body of a POST, the query of everything else. It may be secret: its
/// buffer never moves while it grows.
std::string form_of(const Entry& entry, const Input& input);

}  // namespace messenger::twilio
