// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>

namespace messenger::host {

/// The one exception of this room; what() is a sentence without secrets.
class StoreError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace messenger::host
