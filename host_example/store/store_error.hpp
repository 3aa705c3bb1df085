// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>

namespace messenger::host {

/// The exception of this room; what() is a sentence without secrets.
class StoreError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Others keep the database busy: the same may do a little later.
class StoreBusy : public StoreError {
 public:
  using StoreError::StoreError;
};

/// There is no room for more: nothing was kept.
class StoreFull : public StoreError {
 public:
  using StoreError::StoreError;
};

}  // namespace messenger::host
