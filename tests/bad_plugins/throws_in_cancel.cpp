// SPDX-License-Identifier: Apache-2.0
// Throws from cancel.
#include <stdexcept>

#include "minimal.h"

namespace {

void fail(msgr_instance*, std::uint64_t) {
  throw std::runtime_error("thrown");
}

}  // namespace

#define TYPE "ThrowsInCancel"
#define CANCEL fail
#include "table.h"
