// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "conformance/subject.hpp"

namespace messenger::host::conformance {

/// Whether an exception comes out of a call into the plugin. NotTried is ours and goes on.
template <class Call>
bool throws(Call call) {
  try {
    call();
  } catch (const NotTried&) {
    throw;
  } catch (...) {
    return true;
  }
  return false;
}

}  // namespace messenger::host::conformance
