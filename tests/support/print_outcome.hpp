// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <messenger/loader/outcome.hpp>
#include <ostream>

namespace messenger::loader {

/// So that Boost.Test can say which outcome it saw.
inline std::ostream& boost_test_print_type(std::ostream& out, Outcome outcome) {
  return out << to_string(outcome);
}

}  // namespace messenger::loader
