// SPDX-License-Identifier: Apache-2.0
// Throws from destroy.
#include <stdexcept>

#include "minimal.h"

namespace {

void fail(msgr_instance*) {
  throw std::runtime_error("thrown");
}

}  // namespace

#define TYPE "ThrowsInDestroy"
#define DESTROY fail
#include "table.h"
