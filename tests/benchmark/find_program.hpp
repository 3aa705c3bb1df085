// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace messenger::benchmark {

/// Where PATH has a program; empty = nowhere.
std::string find_program(const std::string& name);

}  // namespace messenger::benchmark
